extension Portuguese {
  /// What happens to missions and sessions, and the meanings of error codes.
  static let runs: KeyValuePairs<String, String> = [
    "mission {} ({}) failed: {} {}": "a missão {} ({day}) falhou: {} {}",
    "mission {} ({}) is scraped again, its bytes are lost: {}":
      "a missão {} ({day}) será extraída de novo, seus bytes se perderam: {}",
    "mission {} ({}) is tried again: {} {}": "a missão {} ({day}) será tentada de novo: {} {}",
    "mission {} ({}) brought {} records where about {} were expected: it is scraped once more to be sure":
      "a missão {} ({day}) trouxe {} registros onde se esperavam cerca de {}: será extraída mais uma vez para ter certeza",
    "mission {} ({}) begins": "a missão {} ({day}) começa",
    "mission {} ({}) is done": "a missão {} ({day}) está concluída",
    "mission {} ({}) is cancelled": "a missão {} ({day}) foi cancelada",
    "run {} begins with {}": "a execução {} começa com {}",
    "run {} ends with {}: {} done, {} failed, {} left":
      "a execução {} termina com {}: {} concluídas, {} com falha, {} restantes",
    "mission {} ({}) is suspicious: {} records where about {} were expected":
      "a missão {} ({day}) é suspeita: {} registros onde se esperavam cerca de {}",
    "it brought {} records where about {} were expected: accept it when that is right, else retry it":
      "trouxe {} registros onde se esperavam cerca de {}: use accept se está certo, senão retry",
    "it brought 1 record where about {} were expected: accept it when that is right, else retry it":
      "trouxe 1 registro onde se esperavam cerca de {}: use accept se está certo, senão retry",
    "no second look: no lane is left for it, or nobody knows what became of it":
      "sem segunda extração: não resta nenhum lugar para ela, ou ninguém sabe o que houve com ela",
    "the bytes of the first look are lost": "os bytes da primeira extração se perderam",
    "{} reports the unknown status \"{}\"; waiting as for a running one":
      "{} informa a situação desconhecida \"{}\"; esperando como por um job em andamento",
    "{} gives every job the same id: it gets one job at a time":
      "{} dá o mesmo id a todos os jobs: recebe um job por vez",
    "{} gets {} of {} jobs at once: {}": "{} recebe {} de {} jobs por vez: {}",
    "{} gets {} jobs at once again": "{} volta a receber {} jobs por vez",
    "its jobs took {}.{} times as long with more": "com mais, cada job levou {},{} vezes o tempo",
    "it is compared with more": "é comparado com mais",
    "it refused more (429 or 503)": "recusou mais (429 ou 503)",
    "its session failed": "a sessão falhou",
    "its session can be neither ended nor replaced": "a sessão não pode ser encerrada nem substituída",
    "{} is set aside for this run: {}": "{} fica fora desta execução: {}",
    "{} would hit every mission: {}": "{} atingiria todas as missões: {}",
    "the new session runs a job nobody asked for": "a sessão nova roda um job que ninguém pediu",
    "session stuck": "sessão travada",
    "session disconnected": "sessão desconectada",
    "session terminated": "sessão encerrada",
    "session on {} not ready within {}: {}": "a sessão em {} não ficou pronta em {}: {}",
    "no active proxy is configured": "nenhum proxy ativo está configurado",
    "spool lost": "spool perdido",
    "rows lost": "linhas perdidas",
    "rows of another scrape": "linhas de outra extração",
    "mission {} ({}) is loaded again: the destination does not hold its rows":
      "a missão {} ({}) será carregada de novo: o destino não tem as linhas dela",
    "the ledger was not read: {}": "o registro de cargas do destino não foi lido: {}",
    "after {} uploads the destination held rows of another scrape each time: another program runs the mission too; let only one do so, then retry it":
      "depois de {} envios o destino tinha cada vez linhas de outra extração: outro programa também roda a missão; deixe só um rodá-la e depois use retry",
    "{} gave job id {} to two missions at once": "{} deu o id de job {} a duas missões ao mesmo tempo",
    "job {} on {} did not end within {}": "o job {} em {} não terminou em {}",
    "job {} on {} was paused": "o job {} em {} foi pausado",
    "session stuck under a running job": "sessão travada durante um job em execução",
    "session disconnected under a running job": "sessão desconectada durante um job em execução",
    "session terminated under a running job": "sessão encerrada durante um job em execução",
    "session stuck after POST /scrape": "sessão travada depois de POST /scrape",
    "session disconnected after POST /scrape": "sessão desconectada depois de POST /scrape",
    "the process died {} times in a row while this mission's result was being handled":
      "o processo morreu {} vezes seguidas enquanto tratava o resultado desta missão",
    "scrape failed": "a extração falhou",
    "session not ready in time": "sessão não ficou pronta a tempo",
    "session retries used up": "novas tentativas da sessão esgotadas",
    "job failed": "o job falhou",
    "job cancelled": "job cancelado",
    "job not finished in time": "job não terminou a tempo",
    "job retries used up": "novas tentativas do job esgotadas",
    "destination failed": "o destino falhou",
    "destination refused the login or the connection": "o destino recusou o login ou a conexão",
    "destination timed out or went away": "o destino não respondeu a tempo ou caiu",
    "destination schema or data does not fit": "o esquema ou os dados do destino não servem",
    "destination retries used up": "novas tentativas do destino esgotadas",
    "store failed": "o armazenamento falhou",
    "store does not accept the credentials": "o armazenamento não aceita as credenciais",
    "bucket does not exist": "o bucket não existe",
    "store denied permission": "o armazenamento negou a permissão",
    "upload timed out": "o envio excedeu o tempo",
    "1 mission is done already: destination and store have it":
      "1 missão já está concluída: o destino e o armazenamento a têm",
    "{} missions are done already: destination and store have them":
      "{} missões já estão concluídas: o destino e o armazenamento as têm",
    "mission {} ({}): what destination and store have of it does not fit together; it is scraped again, and that is replaced":
      "missão {} ({day}): o que o destino e o armazenamento têm dela não combina; ela é extraída de novo, e isso é substituído",
    "what is missing of a mission could not be made of what is there: {}":
      "o que falta de uma missão não pôde ser feito do que existe: {}",
    "the store does not let us look at objects: missions without rows are scraped":
      "o armazenamento não deixa ver objetos: missões sem linhas são extraídas",
    "the store was not asked for all missions: {} {}":
      "o armazenamento não foi consultado sobre todas as missões: {} {}",
    "the destination cannot be asked, nothing is scraped: {} {}":
      "não há como consultar o destino, nada é extraído: {} {}",
    "1 mission that may be done already is left to a later run":
      "1 missão que talvez já esteja concluída fica para uma execução posterior",
    "{} missions that may be done already are left to a later run":
      "{} missões que talvez já estejam concluídas ficam para uma execução posterior",
    "{}: the kept file is missing or was altered": "{}: o arquivo guardado está faltando ou foi alterado",
    "no proxy available": "nenhum proxy disponível",
    "worker unavailable": "worker indisponível",
    "1 mission is left: its source {} is not declared in sources; declare it, or cancel the mission":
      "1 missão ficou: a fonte {} dela não está declarada em sources; declare-a ou cancele a missão",
    "{} missions are left: their source {} is not declared in sources; declare it, or cancel them":
      "{} missões ficaram: a fonte {} delas não está declarada em sources; declare-a ou cancele as missões",
    "{} starts {} in {} at the most: the next one waits {}":
      "{} inicia no máximo {} em {}: a próxima espera {}",
    "mission {} ({}) is cancelled: its last day is past, and its source does not start it any more":
      "a missão {} ({}) foi cancelada: o último dia dela já passou e a fonte não a inicia mais",
    "its last day is past": "o último dia dela já passou",
    "its last day is past, and an earlier start may have been taken":
      "o último dia dela já passou, e um início anterior pode ter sido aceito",
    "not known whether it was started": "não se sabe se foi iniciada",
    "suspicious result": "resultado suspeito",
    "object exists with other bytes": "o objeto existe com outros bytes",
    "{}; before that {}": "{}; antes disso {}",
    "{} was not taken in {} tries": "{} não foi aceito em {} tentativas",
    "not known whether {} started a job": "não se sabe se {} iniciou um job",
    "POST /scrape had no clear answer and the session may run a job nobody knows":
      "POST /scrape ficou sem resposta clara e a sessão talvez rode um job que ninguém conhece",
  ]
}
