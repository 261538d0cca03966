extension Portuguese {
  /// What looks after what earlier runs left: `verify`, `prune`, `status --watch`, and what shells are given.
  static let keeping: KeyValuePairs<String, String> = [
    // The help.
    "compare journal, destination and store": "compara registro, destino e armazenamento",
    "Compares what the journal says of DONE missions with the destination (ledger row, number of rows, each row with what the audit object holds) and with the store (every audit object is read and its SHA-256 compared), and prints a line for all that is missing, altered or extra. What belongs to no mission is looked for when no mission is chosen; it is told, in at most 20 lines a kind, and never removed. Missions that only the destination's ledger knows were pruned: they are counted. Ends with 0 when nothing differs, with 1 when something does.":
      "Compara o que o registro diz das missões DONE com o destino (linha do registro de cargas, número de linhas, cada linha com o que o objeto de auditoria contém) e com o armazenamento (cada objeto de auditoria é lido e seu SHA-256 comparado), e imprime uma linha para tudo o que falta, foi alterado ou sobra. O que não pertence a nenhuma missão é procurado quando nenhuma missão é escolhida; é dito, em no máximo 20 linhas por tipo, e nunca removido. Missões que só o registro de cargas do destino conhece foram removidas com prune: são contadas. Termina com 0 quando nada difere e com 1 quando algo difere.",
    "--repair then says what it will do and mends it: it writes objects and rows once more where the spool, the object or the rows still have what was scraped, as the journal's SHA-256 proves, and puts the other missions back to SCRAPE for the next run. Nothing is removed before something replaces it. No run may be live.":
      "Depois, --repair diz o que vai fazer e conserta: grava de novo objetos e linhas onde o spool, o objeto ou as linhas ainda têm o que foi extraído, como prova o SHA-256 do registro, e devolve as outras missões a SCRAPE para a próxima execução. Nada é removido antes que algo o substitua. Não pode haver execução em andamento.",
    "do not read objects and rows: compare sizes, ETags, metadata and counts":
      "não lê objetos nem linhas: compara tamanhos, ETags, metadados e contagens",
    "requests at once (default {})": "requisições ao mesmo tempo (padrão {})",
    "mend what can be mended, put the rest back to be scraped anew":
      "conserta o que for possível e devolve o resto para nova extração",
    "do not ask before repairing; needed where there is no terminal":
      "não pergunta antes de reparar; necessário onde não há terminal",
    "is all there, byte for byte?": "está tudo lá, byte por byte?",
    "the last week, without reading the objects": "a última semana, sem ler os objetos",
    "mend what differs, after asking": "conserta o que difere, depois de perguntar",
    "remove finished missions from the journal": "remove do registro missões encerradas",
    "Removes missions that are not queued or running from the journal, with their events: those named by id, or those that are finished and chosen by the options, or without either what the configuration's retention: says (missions: finished ones of that age; events: older events of finished missions that stay). Says how many first. Destination and store are not touched.":
      "Remove do registro missões que não estão na fila nem executando, com seus eventos: as indicadas pelo id, ou as encerradas que as opções escolhem, ou, sem uma coisa nem outra, o que diz retention: da configuração (missions: encerradas dessa idade; events: eventos mais antigos de missões encerradas que ficam). Antes diz quantas são. Destino e armazenamento não são tocados.",
    "What mission files or windows name now stays. Of each other one a line is kept for 400 days, so that coverage and suspicion still know its days; a row of it in a file of later finds what destination and store have, and nothing is scraped again.":
      "O que arquivos de missões ou janelas citam agora fica. De cada outra guarda-se uma linha por 400 dias, para que a cobertura e a suspeita ainda conheçam seus dias; uma linha dela num arquivo de mais tarde encontra o que o destino e o armazenamento têm, e nada é extraído de novo.",
    "{} can be read only once": "{} só pode ser lido uma vez",
    "is named by the mission files or windows: take it out of them first":
      "é citada pelos arquivos de missões ou janelas: tire-a deles antes",
    "which missions the mission files name is not known, so none is removed: {}":
      "não se sabe quais missões os arquivos de missões citam, por isso nenhuma é removida: {}",
    "Prints what --help prints, without a command or after it.":
      "Imprime o que --help imprime, sem comando ou depois dele.",
    "this text, or a command's own": "este texto, ou o de um comando",
    "the commands": "os comandos",
    "one of them": "um deles",
    "Prints what --version prints.": "Imprime o que --version imprime.",
    "which one is this?": "qual é esta?",
    "only DONE missions": "só missões DONE",
    "missions that were finished so long ago: 30d, 12h": "missões encerradas há tanto tempo: 30d, 12h",
    "do not ask; needed where there is no terminal": "não pergunta; necessário onde não há terminal",
    "what was done three months ago": "o que foi concluído há três meses",
    "what retention: says, from cron": "o que diz retention:, pelo cron",
    "completions for a shell": "autocompletar para um shell",
    "Prints what completes commands, options and their values in bash, zsh or fish; its first lines say where to save it.":
      "Imprime o que completa comandos, opções e seus valores em bash, zsh ou fish; as primeiras linhas dizem onde salvar.",
    "for this shell": "para este shell",
    "for good": "para sempre",
    "the manual page": "a página de manual",
    "Prints the manual page, made of the same table as this help, for man or groff.":
      "Imprime a página de manual (em inglês), feita da mesma tabela que esta ajuda, para man ou groff.",
    "read it": "lê a página",
    "install it": "instala a página",
    "show it and the last failures on the whole terminal, every second, until q or Ctrl-C":
      "mostra isso e as últimas falhas no terminal inteiro, a cada segundo, até q ou Ctrl-C",
    "the run that cron has started, live": "a execução que o cron iniciou, ao vivo",

    // What is wrong with a command line.
    "--watch has no JSON form": "--watch não tem forma JSON",
    "--yes goes with --repair": "--yes acompanha --repair",
    "the rows are not what was loaded: {}": "as linhas não são as que foram carregadas: {}",
    "laid out they have another sha256 than the object": "dispostas, elas têm outro sha256 que o do objeto",
    "{} rows that no ledger row belongs to, of a mission that the journal does not hold":
      "{} linhas sem linha no registro de cargas, de uma missão que o registro não contém",
    "{} rows are there, the ledger row of the pruned mission says {}":
      "há {} linhas, a linha do registro de cargas da missão removida diz {}",
    "destination: its list of missions does not come to an end":
      "destino: a lista de missões não chega ao fim",
    "no folder for comparing could be kept in {}": "não foi possível manter uma pasta para comparar em {}",
    "{} cannot be created: {}": "{} não pode ser criado: {}",
    "prune takes ids or a choice by options, not both":
      "prune aceita ids ou uma escolha por opções, não ambos",
    "{} takes {}, got {}": "{} aceita {}, recebido {}",
    "nothing": "nada",
    "prune needs ids, a choice by options as --done or --older-than, or retention: in the configuration":
      "prune precisa de ids, de uma escolha por opções como --done ou --older-than, ou de retention: na configuração",
    "--watch needs a terminal; without --watch status is told once":
      "--watch precisa de um terminal; sem --watch o status é dito uma vez",
    "--yes is needed where there is no terminal to ask on":
      "--yes é necessário onde não há terminal para perguntar",

    // What commands say.
    "is {}: cancel it first, or let a run finish it":
      "está {}: cancele-a antes, ou deixe uma execução terminá-la",
    "journal {} does not exist: nothing was ever run": "o registro {} não existe: nada foi executado ainda",
    "no file descriptors are left": "não há mais descritores de arquivo",
    "destination: {} {}": "destino: {} {}",
    "store: {} {}": "armazenamento: {} {}",

    // What differs.
    "neither a ledger row nor ads": "nem linha no registro de cargas nem anúncios",
    "no ledger row; {} rows are there": "nenhuma linha no registro de cargas; há {} linhas de anúncios",
    "the ledger row has another sha256 than the journal":
      "o registro de cargas tem outro sha256 que o registro",
    "the ledger row says {} ads, the journal {}": "o registro de cargas diz {} anúncios, o registro {}",
    "{} of {} rows": "{} de {} linhas",
    "{} more rows than the {} loaded": "{} linhas além das {} carregadas",
    "{} has {} bytes, {} were written": "{} tem {} bytes, foram gravados {}",
    "{} holds other bytes than were written": "{} contém outros bytes que os gravados",
    "{} has another ETag than it was given": "{} tem outro ETag que o recebido",
    "{} has no x-amz-meta-sha256": "{} não tem x-amz-meta-sha256",
    "{} has another x-amz-meta-sha256 than the journal": "{} tem outro x-amz-meta-sha256 que o registro",
    "rows of \"{}\", which is no mission": "linhas de \"{}\", que não é missão",
    "{} is no audit object of a mission in the journal":
      "{} não é objeto de auditoria de uma missão do registro",
  ]
}
