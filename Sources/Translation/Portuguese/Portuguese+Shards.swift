extension Portuguese {
  /// Shards, merged reports, and what two programs do with the same mission.
  static let shards: KeyValuePairs<String, String> = [
    "only this part of the missions, from 0: 0/4 to 3/4; auto takes the engine's, with a journal of its own":
      "só esta parte das missões, a partir de 0: de 0/4 a 3/4; auto usa a do mecanismo, com um registro próprio",
    "auto, or I/N with I from 0 to N-1 (0/4 is the first of four)":
      "auto, ou I/N com I de 0 a N-1 (0/4 é a primeira de quatro partes)",
    "--shard is for commands that have to do with a journal; {} has not":
      "--shard é para comandos que lidam com um registro; {} não lida",
    "--shard auto: no engine says which part this is; looked for {}; set what is missing, or write --shard I/N":
      "--shard auto: nenhum mecanismo diz qual parte é esta; procurou-se {}; defina o que falta, ou escreva --shard I/N",
    "--shard auto: {} is no part of a whole: the index must be from 0 to the count less 1, and an array's ids equally far apart; start the whole array, or write --shard I/N":
      "--shard auto: {} não é parte de um todo: o índice deve ir de 0 até o total menos 1, e os ids de um array devem ser igualmente espaçados; inicie o array inteiro, ou escreva --shard I/N",
    "there are fewer workers than shards: {} active for {}, and each shard needs one of its own; start at most {}, or name workers with --worker":
      "há menos workers do que partes: {} ativos para {}, e cada parte precisa de um só seu; inicie no máximo {}, ou nomeie workers com --worker",
    "there are fewer workers than shards: none of those of sources.{} belongs to shard {} of {} (the i-th active one belongs to shard i mod {}); give it more, or name workers with --worker":
      "há menos workers do que partes: nenhum dos de sources.{} pertence à parte {} de {} (o i-ésimo ativo pertence à parte i mod {}); dê-lhe mais, ou nomeie workers com --worker",
    "this is shard {} of {}, its journal is {}": "esta é a parte {} de {}, seu registro é {}",
    "{} of source {} is divided among {} shards: {} instead of {}":
      "{} da fonte {} é dividido entre {} partes: {} em vez de {}",
    "there are fewer proxies than shards: several shards go through the same ones":
      "há menos proxies do que partes: várias partes passam pelos mesmos",
    "a SQLite destination is no ledger that machines share: shards on other machines cannot ask it what is done":
      "um destino SQLite não é um registro que máquinas compartilham: partes em outras máquinas não podem lhe perguntar o que está feito",
    "{} holds 1 mission under way, of shard {} of {}; what is only there is scraped again unless that shard runs once more":
      "{} guarda 1 missão em andamento, da parte {} de {}; o que só está ali é raspado de novo, a não ser que essa parte execute mais uma vez",
    "{} holds {} missions under way, of shard {} of {}; what is only there is scraped again unless that shard runs once more":
      "{} guarda {} missões em andamento, da parte {} de {}; o que só está ali é raspado de novo, a não ser que essa parte execute mais uma vez",
    "its session is another run's, which is not fought over: give each run workers of its own (--worker, or --shard auto for the shards of an engine)":
      "sua sessão é de outra execução, e não se disputa: dê a cada execução workers só seus (--worker, ou --shard auto para as partes de um mecanismo)",
    "the ledger has another scrape of the mission": "o registro de cargas tem outra raspagem da missão",
    "the object was not looked at: {}": "o objeto não foi consultado: {}",
    "{}; its rows were not put back: {}": "{}; suas linhas não foram repostas: {}",
    "journals, state folders or report files to put together":
      "registros, pastas de estado ou arquivos de relatório a reunir",
    "--merge makes one report of several journals, state folders (those of shards inside are found) or report files: by mission, DONE before FAILED, RUNNING, QUEUED, CANCELLED, PENDING. A folder's journal is stronger than its reports, and a journal that is given twice counts once. A shard that is missing, or that two journals are of, is named, and the command ends with 1.":
      "--merge faz um só relatório de vários registros, pastas de estado (as das partes que estão dentro são encontradas) ou arquivos de relatório: por missão, DONE antes de FAILED, RUNNING, QUEUED, CANCELLED, PENDING. O registro de uma pasta vale mais do que seus relatórios, e um registro dado duas vezes conta uma vez. Uma parte que falta, ou da qual há dois registros, é nomeada, e o comando termina com 1.",
    "all shards whose folders lie there, as one": "todas as partes cujas pastas estão ali, como uma só",
    "RUN and --merge exclude each other": "RUN e --merge se excluem",
    "wrote {} ({}), the merged report": "gravou {} ({}), o relatório reunido",
    "{} holds no journal, no folders of shards and no report of a run":
      "{} não contém registro, nem pastas de partes, nem relatório de execução",
    "{} is neither a journal nor the report file of a run":
      "{} não é um registro nem o arquivo de relatório de uma execução",
  ]
}
