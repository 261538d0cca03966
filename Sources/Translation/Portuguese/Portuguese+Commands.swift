extension Portuguese {
  /// What commands and runs say.
  static let commands: KeyValuePairs<String, String> = [
    "no answer in {}": "sem resposta em {}",
    "is it reachable from this machine?": "dá para alcançá-lo desta máquina?",
    "{} written to {}": "{} em {}",
    "{} written to {} before": "{} já em {}",
    "{} exists and holds something else: remove it or name another file":
      "{} existe e contém outra coisa: remova-o ou indique outro arquivo",
    "1 mission": "1 missão",
    "{} missions": "{} missões",
    "is {} already": "já está {}",
    "the live run cannot be reached, {}: try again, or when it has ended":
      "não foi possível falar com a execução em andamento, {}: tente de novo, ou quando ela terminar",
    "no mission has an id that begins with {}": "nenhuma missão tem um id que começa com {}",
    "{} begins more than one id: {} …; type more of it": "{} é o começo de mais de um id: {} …; digite mais",
    "is {}: only FAILED and CANCELLED ones are put back":
      "está {}: só missões com falha ou canceladas voltam",
    "mend the configuration": "corrija a configuração",
    "a run is live": "há uma execução em andamento",
    "{} MiB free": "{} MiB livres",
    "make the folder writable or name another journal.path":
      "dê permissão de escrita à pasta ou indique outro journal.path",
    "answered {} for {}": "respondeu {} para {}",
    "is the proxy reachable from this machine?": "dá para alcançar o proxy desta máquina?",
    "{}: connected, created, written and rolled back": "{}: conectado, criado, gravado e desfeito",
    "check storage_db.connection_string": "confira storage_db.connection_string",
    "the run belongs to another user": "a execução é de outro usuário",
    "the run gave no answer; see its log and try again":
      "a execução não respondeu; veja o log dela e tente de novo",
    "is neither FAILED nor CANCELLED": "não falhou nem foi cancelada",
    "became {}": "passou a {}",
    "is cancelled as soon as its step in progress has ended":
      "será cancelada assim que terminar o passo em andamento",
    "{}: the name is too long for a socket": "{}: o nome é longo demais para um socket",
    "the worker gave no reason": "o worker não disse o motivo",
    "the job was cancelled on the worker": "o job foi cancelado no worker",
    "no such mission file: {}": "arquivo de missões inexistente: {}",
    "… and {} more": "… e mais {}",
    "stopped before any work: --strict and errors in the mission files":
      "parou antes de qualquer trabalho: --strict e erros nos arquivos de missões",
    "libcurl cannot be used: {}": "não é possível usar a libcurl: {}",
    "the bytes of mission {} are not at hand": "os bytes da missão {} não estão à mão",
    "--worker {}: no such active worker, there are {}":
      "--worker {}: não há worker ativo com esse nome, há {}",
    "stopping, --max-duration ({}) is reached: {}": "parando, --max-duration ({}) foi atingido: {}",
    "{} is not there or damaged; this is what the journal still has of the run":
      "{} não existe ou está danificado; isto é o que o registro ainda tem da execução",
    "the report of the run before could not be finished: {}":
      "não foi possível concluir o relatório da execução anterior: {}",
    "the report cannot be shown: {}": "não é possível mostrar o relatório: {}",
    "the end of the run could not be written down: {}": "não foi possível registrar o fim da execução: {}",
    "it is not a regular file": "não é um arquivo comum",
    "its beginning is too long": "o começo é longo demais",
    "the report could not be written: {}": "não foi possível gravar o relatório: {}",
    "resuming {} that an earlier run left in progress":
      "retomando {} que uma execução anterior deixou pela metade",
    "{} is left alone: it may still run mission {}, which this run does not choose; a run that chooses it takes its result over":
      "{} fica de fora: talvez ainda rode a missão {}, que esta execução não escolheu; uma execução que a escolha assume o resultado dela",
    "cancel and retry cannot reach this run: {}": "cancel e retry não alcançam esta execução: {}",
    "{} missions at once need {} file descriptors, the limit is {}: raise it (ulimit -n) or lower --max-concurrency":
      "{} missões ao mesmo tempo precisam de {} descritores de arquivo, o limite é {}: aumente-o (ulimit -n) ou reduza --max-concurrency",
    "waiting for what runs": "esperando o que está rodando",
    "bringing what runs to a safe point": "levando o que está rodando a um ponto seguro",
    "more of {} is only counted; mission-control logs tells each":
      "daqui em diante {} só é contado; mission-control logs mostra cada um",
    "stopping: {}; a second signal ends at once": "parando: {}; um segundo sinal encerra na hora",
    "stopped before the work began; run again to go on":
      "parou antes de o trabalho começar; execute de novo para continuar",
    "{} has no port": "{} não tem porta",
    "write it as host:port": "escreva como host:porta",
    "ended with {}: {}": "terminou com {}: {}",
    "stopped before the work began": "parou antes de o trabalho começar",
    "reading the mission files": "lendo os arquivos de missões",
    "the page could not be written: {}": "não foi possível gravar a página: {}",
    "wrote {} ({}), the report of {}": "gravado {} ({}), o relatório de {}",
    "the metrics could not be written: {}": "não foi possível gravar as métricas: {}",
    "{} begins more than one run's id: {} …; type more of it":
      "{} é o começo do id de mais de uma execução: {} …; digite mais",
    "there is no run to report yet; mission-control run makes one":
      "ainda não há execução para relatar; mission-control run faz uma",
    "no run has an id that begins with {}": "nenhuma execução tem um id que começa com {}",
    "{} written to {} in place of {} that backfill wrote before":
      "{} em {} no lugar de {} que o backfill tinha gravado",
    "1 listed mission stays FAILED from an earlier run: {}":
      "1 missão dos arquivos continua com falha de uma execução anterior: {}",
    "{} listed missions stay FAILED from earlier runs: {}":
      "{} missões dos arquivos continuam com falha de execuções anteriores: {}",
    "1 unfinished mission is in {} and left alone; {} takes it too":
      "1 missão não encerrada não está em {} e fica de fora; {} a inclui",
    "{} unfinished missions are in {} and left alone; {} takes them too":
      "{} missões não encerradas não estão em {} e ficam de fora; {} as inclui",
    "none of the files": "nenhum dos arquivos",
    "none of the files that could be read": "nenhum dos arquivos que puderam ser lidos",
  ]
}
