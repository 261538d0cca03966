extension Portuguese {
  /// `--help`: commands, options, examples and exit codes.
  static let help: KeyValuePairs<String, String> = [
    "the configuration (default config.yaml)": "a configuração (padrão config.yaml)",
    "text or json (default text); list also csv, coverage also csv and html":
      "text ou json (padrão text); list também csv, coverage também csv e html",
    "only warnings and errors on standard error": "só avisos e erros na saída de erros",
    "more on standard error": "mais detalhes na saída de erros",
    "log lines as text or json (default text)": "linhas de log em text ou json (padrão text)",
    "auto, always or never (default auto; NO_COLOR is honoured)":
      "auto, always ou never (padrão auto; NO_COLOR é respeitada)",
    "en or pt-BR (default configuration, then environment)":
      "en ou pt-BR (padrão: configuração, depois ambiente)",
    "en or pt-BR": "en ou pt-BR",
    "missions that start on this day or later: YYYY-MM-DD, today, yesterday, -7d":
      "missões que começam neste dia ou depois: AAAA-MM-DD, today, yesterday, -7d",
    "missions that end on this day or earlier; relative days are those of time_zone":
      "missões que terminam neste dia ou antes; dias relativos são os de time_zone",
    "all, video or image": "all, video ou image",
    "missions whose set contains all of these: pt,eng": "missões cujo conjunto contém todos estes: pt,eng",
    "only this mission, by id or its beginning; may be repeated":
      "só esta missão, pelo id ou pelo começo dele; pode se repetir",
    "use only this worker of the configuration; may be repeated":
      "usa só este worker da configuração; pode se repetir",
    "a worker's name": "o nome de um worker",
    "missions to select, at most": "no máximo quantas missões selecionar",
    "by date, oldest or newest first (default oldest); priority comes before":
      "por data, mais antigas (oldest) ou mais novas (newest) primeiro (padrão oldest); a prioridade vem antes",
    "select also FAILED missions of earlier runs, whatever failed":
      "seleciona também missões que falharam em execuções anteriores, seja qual for a falha",
    "select also unfinished missions that are in none of the files":
      "seleciona também missões não encerradas que não estão em nenhum dos arquivos",
    "stop before any work when a row of a mission file is wrong":
      "para antes de qualquer trabalho se uma linha de um arquivo de missões estiver errada",
    "import mission files, run all that is not finished, report":
      "importa arquivos de missões, executa o que falta e gera o relatório",
    "Imports the mission files (FILES, or missions: of the configuration), then runs every mission that they name and that is not finished through SCRAPE, DB and S3, and prints a report. Running the same command again is the resume: nothing is scraped, loaded or uploaded twice.":
      "Importa os arquivos de missões (FILES, ou missions: da configuração), leva toda missão que eles citam e que não está encerrada por SCRAPE, DB e S3 e imprime um relatório. Repetir o mesmo comando é a retomada: nada é extraído, carregado ou enviado duas vezes.",
    "What an earlier run left under way, what retry put back and what --only names is run as well, whatever the files say; FAILED missions are tried again by themselves when an outage was the cause.":
      "O que uma execução anterior deixou em andamento, o que retry devolveu e o que --only cita também é executado, digam os arquivos o que disserem; missões que falharam são tentadas de novo por si quando a causa foi uma queda externa.",
    "The first SIGINT or SIGTERM stops new work, leaves remote jobs running and ends with 75 within 5 seconds; the second ends at once.":
      "O primeiro SIGINT ou SIGTERM interrompe trabalho novo, deixa os jobs remotos rodando e termina com 75 em até 5 segundos; o segundo encerra na hora.",
    "missions at once, at most (the configuration's otherwise)":
      "no máximo quantas missões ao mesmo tempo (senão, o da configuração)",
    "stop like a signal after this time: 90s, 45m, 6h, 1d":
      "para, como por um sinal, depois deste tempo: 90s, 45m, 6h, 1d",
    "A page that --report names (.html) is written anew every 5 seconds while the run works and reads itself again: open it at once.":
      "Uma página indicada por --report (.html) é regravada a cada 5 segundos durante a execução e se recarrega sozinha: abra-a logo.",
    "write the report here too; the ending says how: .html, .json or .txt":
      "grava o relatório também aqui; a terminação diz como: .html, .json ou .txt",
    "when told to stop, wait for the missions that are running":
      "ao parar, espera pelas missões em andamento",
    "stop as by SIGTERM when the process that started it ends":
      "para como por SIGTERM quando o processo que o iniciou termina",
    "the same as plan: tell what would run and write nothing":
      "o mesmo que plan: diz o que rodaria e não grava nada",
    "no progress area, plain lines also on a terminal":
      "sem área de progresso, linhas simples também no terminal",
    "everything the configuration names": "tudo o que a configuração indica",
    "a first small try": "uma primeira tentativa pequena",
    "a nightly cron line": "uma linha de cron para toda noite",
    "the first of four machines": "a primeira de quatro máquinas",
    "tell what run would do; execute and write nothing": "diz o que run faria; não executa nem grava nada",
    "Makes the same selection as run and tells how many missions would run, be resumed and at which checkpoint, be skipped and why, or be rejected; the range and the gaps by date; and how many sessions are expected. Nothing is executed and nothing is written.":
      "Faz a mesma seleção que run e diz quantas missões rodariam, seriam retomadas e em que etapa, seriam ignoradas e por quê, ou seriam recusadas; o período e as lacunas por data; e quantas sessões são previstas. Nada é executado e nada é gravado.",
    "what the configuration's files hold": "o que há nos arquivos da configuração",
    "for another program": "para outro programa",
    "print a mission CSV for a range of days": "imprime um CSV de missões para um período",
    "Prints a mission file with one mission per day, week or month from --from to --to, both included, and says on standard error how many. A file that backfill wrote is replaced, any other never.":
      "Imprime um arquivo com uma missão por dia, semana ou mês de --from a --to, ambos incluídos, e diz na saída de erros quantas são. Um arquivo que o backfill gravou é substituído, nenhum outro.",
    "write a first configuration that works": "grava uma primeira configuração que funciona",
    "Writes config.yaml, a mission file, a file for secrets and, for programs, an example of five lines, with SQLite and a folder as destination and store. What is there already is never overwritten. --config names another place. Without --source it asks on a terminal and takes command elsewhere.":
      "Grava config.yaml, um arquivo de missões, um arquivo para segredos e, para programas, um exemplo de cinco linhas, com SQLite e uma pasta como destino e armazenamento. O que já existe nunca é sobrescrito. --config indica outro lugar. Sem --source, pergunta num terminal e fora dele usa command.",
    "what brings the records: command (a program of this machine), http (an API that starts jobs) or worker":
      "o que traz os registros: command (um programa desta máquina), http (uma API que inicia jobs) ou worker",
    "from nothing to a report": "do nada a um relatório",
    "for an API, in a folder of its own": "para uma API, numa pasta própria",
    "no kind of source was chosen: nothing was written; --source names one":
      "nenhum tipo de fonte foi escolhido: nada foi gravado; --source indica um",
    "{} exists already and is not overwritten: remove it, or name another place with --config":
      "{} já existe e não é sobrescrito: remova-o, ou indique outro lugar com --config",
    "{} exist already and are not overwritten: remove them, or name another place with --config":
      "{} já existem e não são sobrescritos: remova-os, ou indique outro lugar com --config",
    "first day": "primeiro dia",
    "last day": "último dia",
    "codes of 2 or 3 letters, comma-separated": "códigos de 2 ou 3 letras, separados por vírgula",
    "days of one mission: day, week or month (default day)":
      "dias de uma missão: day, week ou month (padrão day)",
    "save it here instead of printing it": "salva aqui em vez de imprimir",
    "a year, a mission a day": "um ano, uma missão por dia",
    "counts, what each worker does, rate and time left":
      "contagens, o que cada worker faz, ritmo e tempo restante",
    "Tells how many missions have which status, what each worker does now, how many are queued, what was finished and failed today (of time_zone), and while a run is live its rate and the time left.":
      "Diz quantas missões há em cada situação, o que cada worker faz agora, quantas estão na fila, o que foi concluído e o que falhou hoje (de time_zone) e, durante uma execução, o ritmo e o tempo restante.",
    "for a monitoring script": "para um script de monitoramento",
    "missions by status, range, media type, languages or code":
      "missões por situação, período, tipo de mídia, idiomas ou código",
    "Lists missions of the journal by date, as a table, JSON or CSV.":
      "Lista missões do registro por data, como tabela, JSON ou CSV.",
    "pending, queued, running, done, failed or cancelled; more with commas":
      "pending, queued, running, done, failed ou cancelled; várias com vírgulas",
    "missions to list, at most (default 50)": "no máximo quantas missões listar (padrão 50)",
    "missions to pass over first": "quantas missões pular primeiro",
    "what went wrong": "o que deu errado",
    "for a sheet": "para uma planilha",
    "one mission whole, with its history": "uma missão inteira, com o histórico",
    "Shows all fields, the checkpoints and every event. The beginning of an id is enough.":
      "Mostra todos os campos, as etapas e cada evento. O começo do id basta.",
    "by the beginning of its id": "pelo começo do id",
    "put FAILED or CANCELLED missions back": "devolve à espera missões com falha ou canceladas",
    "Puts FAILED or CANCELLED missions back to PENDING at the checkpoint that failed, retry count 0. Name them by id, or choose them by the options. The next run takes them up; what is scraped is not scraped again.":
      "Devolve missões FAILED ou CANCELLED a PENDING na etapa que falhou, com zero novas tentativas. Indique-as pelo id ou escolha-as pelas opções. A próxima execução continua daí; o que já foi extraído não é extraído de novo.",
    "only FAILED missions, all of them when nothing else is chosen":
      "só missões FAILED, todas elas se nada mais for escolhido",
    "missions that failed with this code: ERROR401, or ERROR4xx for all of 400":
      "missões que terminaram com este código: ERROR401, ou ERROR4xx para todos os 400",
    "after the store's keys were mended": "depois de corrigir as chaves do armazenamento",
    "all that failed since a day": "tudo o que falhou desde um dia",
    "cancel missions that are not finished": "cancela missões não encerradas",
    "Cancels missions that are not finished, also while a run is live: their jobs are then cancelled on the workers. Name them by id (the beginning of one is enough), or choose them by the options.":
      "Cancela missões não encerradas, também durante uma execução: os jobs delas são então cancelados nos workers. Indique-as pelo id (o começo dele basta) ou escolha-as pelas opções.",
    "two missions": "duas missões",
    "test every part that a run needs": "testa cada parte de que uma execução precisa",
    "Tests every part that a run needs and prints a line each with the time taken: the journal, every worker, every proxy, the destination (writes in a transaction that is rolled back; a writer is asked for its health) and the store (puts, gets and deletes a probe object). Of notify: only the connection and the mail server's login are tried, unless --notify is given. Ends with 0 only if all pass.":
      "Testa cada parte de que uma execução precisa e imprime uma linha para cada, com o tempo que levou: o registro, cada worker, cada proxy, o destino (grava numa transação que é desfeita; a um gravador pergunta se está bem) e o armazenamento (grava, lê e apaga um objeto de teste). De notify: só tenta a conexão e o login do servidor de e-mail, a não ser com --notify. Só termina com 0 se tudo passar.",
    "send a test message to those whom notify: names; a ping tells of a success":
      "envia uma mensagem de teste a quem notify: indica; um ping avisa de um sucesso",
    "before the first run": "antes da primeira execução",
    "the configuration as it takes effect, secrets masked":
      "a configuração em vigor, com segredos mascarados",
    "Prints the configuration with all defaults and all values from the environment; secrets show as ***.":
      "Imprime a configuração com todos os padrões e os valores vindos do ambiente; segredos aparecem como ***.",
    "config schema prints the JSON Schema of the file, with which editors complete and check it.":
      "config schema imprime o JSON Schema do arquivo, com que editores completam e conferem a configuração.",
    "for an editor": "para um editor",
    "usage: {}": "uso: {}",
    "Common options:": "Opções comuns:",
    "Runs scrape missions from files: each goes through SCRAPE, DB and S3, every step is recorded in a local journal, and running the same command again resumes.":
      "Executa missões de extração a partir de arquivos: cada uma passa por SCRAPE, DB e S3, cada passo fica anotado num registro local, e repetir o mesmo comando retoma.",
    "usage: mission-control [COMMAND] [OPTIONS]": "uso: mission-control [COMMAND] [OPTIONS]",
    "Commands (without one it is {}):": "Comandos (sem nenhum, é {}):",
    "this text; after a command, the command's own": "este texto; depois de um comando, a ajuda dele",
    "the program's version": "a versão do programa",
    "Exit codes:": "Códigos de saída:",
    "is everything there that a run needs?": "está tudo aí de que uma execução precisa?",
    "what would run?": "o que rodaria?",
    "run it; again: resume it": "executa; de novo: retoma",
    "what went wrong?": "o que deu errado?",
    "once more": "mais uma vez",
    "every selected mission is DONE, or there was nothing to do":
      "toda missão selecionada está concluída, ou não havia nada a fazer",
    "a mission FAILED, now or before; check: something failed; verify: something differs":
      "uma missão falhou, agora ou antes; check: algo falhou; verify: algo difere",
    "wrong usage": "uso errado",
    "mission files had errors; all missions that could be read are DONE":
      "havia erros nos arquivos de missões; todas as que puderam ser lidas estão concluídas",
    "a named file, run or mission does not exist":
      "um arquivo, uma execução ou uma missão indicada não existe",
    "workers, proxies, destination or store are unusable; a person must act":
      "workers, proxies, destino ou armazenamento inutilizáveis; alguém precisa agir",
    "internal error": "erro interno",
    "journal or spool cannot be written: folder, disk full, not our file":
      "não dá para gravar o registro ou o spool: pasta, disco cheio, arquivo alheio",
    "the journal is corrupt, its disk fails, or a newer version wrote it":
      "o registro está corrompido, o disco dele falha ou uma versão mais nova o gravou",
    "stopped early, or another run holds the journal; run again to resume":
      "parou antes do fim, ou outra execução detém o registro; execute de novo para retomar",
    "the configuration is wrong": "a configuração está errada",
    "ended by a second SIGINT, without waiting": "encerrado por um segundo SIGINT, sem esperar",
    "ended by a second SIGTERM, without waiting": "encerrado por um segundo SIGTERM, sem esperar",
    "Options:": "Opções:",
    "Examples:": "Exemplos:",
    "write metrics for node_exporter here (a name in .prom), readable by everybody":
      "grava aqui métricas para o node_exporter (um nome em .prom), legíveis por todos",
    "the report of a run again, also as a page": "de novo o relatório de uma execução, também como página",
    "Prints the report of the latest run, or of RUN, from what the journal holds: as text, or with --output json as the report file of state/reports. The beginning of a run's id is enough. A mission belongs to the run that chose it last.":
      "Imprime o relatório da última execução, ou de RUN, a partir do que há no registro: como texto ou, com --output json, como o arquivo de state/reports. O começo do id de uma execução basta. Uma missão pertence à última execução que a escolheu.",
    "--html writes one self-contained page instead, to be opened in a browser: a calendar of the backfill, ads per day, what each worker did, failures and what to type next, every mission with its history. It needs no network and reads without JavaScript.":
      "--html grava em vez disso uma única página completa, para abrir no navegador: um calendário do backfill, anúncios por dia, o que cada worker fez, falhas e o que digitar em seguida, cada missão com seu histórico. Não precisa de rede e pode ser lida sem JavaScript.",
    "write the report as a page": "grava o relatório como página",
    "to look at, or to send to a colleague": "para olhar, ou para enviar a um colega",
    "what the last run did": "o que a última execução fez",
    "an earlier one, for another program": "uma anterior, para outro programa",
  ]
}
