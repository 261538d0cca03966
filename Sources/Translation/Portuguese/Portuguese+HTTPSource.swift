extension Portuguese {
  /// What is wrong with a section of kind http, and what its API has to say, as far as we say it.
  static let httpSource: KeyValuePairs<String, String> = [
    "{} must be a mapping or a list; it is sent as JSON":
      "{} deve ser um mapa ou uma lista; é enviado como JSON",
    "{} must be a mapping of names to texts": "{} deve ser um mapa de nomes para textos",
    "{} is the same header as {}": "{} é o mesmo cabeçalho que {}",
    "{} is empty{}": "{} está vazio{}",
    "must be a header's name: letters, digits and -":
      "deve ser o nome de um cabeçalho: letras, dígitos e -",
    "is a header that is set by itself": "é um cabeçalho que é posto automaticamente",
    "must be a path below url that begins with /": "deve ser um caminho abaixo de url que começa com /",
    "must be a path alone; what follows a ? belongs in query":
      "deve ser só um caminho; o que vem depois de ? vai em query",
    "must be a path of plain characters; others are written as %XX":
      "deve ser um caminho de caracteres simples; os outros se escrevem como %XX",
    "must not have . or .. between its slashes": "não pode ter . nem .. entre as barras",
    "must be a JSON Pointer like /data/id": "deve ser um JSON Pointer como /data/id",
    "{} must be a JSON Pointer like /data/id": "{} deve ser um JSON Pointer como /data/id",
    "{} must name at least one place": "{} deve indicar pelo menos um lugar",
    "{} must be a mapping of JSON Pointers to texts": "{} deve ser um mapa de JSON Pointers para textos",
    "comes with the answer of start": "vem com a resposta de start",
    "comes with the first look": "vem com o primeiro look",
    "a job that find has found would not have: keep it in find, too":
      "um trabalho achado por find não teria: guarde-o também em find",
    "only a job that find has found would have: keep it in start, too":
      "só um trabalho achado por find teria: guarde-o também em start",
    "{} has {}; a request has one method": "{} tem {}; uma requisição tem um só método",
    "{} must have one of {} with a path below url": "{} deve ter um de {} com um caminho abaixo de url",
    "{}.{} belongs to a request, and {} has none": "{}.{} pertence a uma requisição, e {} não tem nenhuma",
    "{}.{} cannot be sent by get; use post or put": "{}.{} não pode ir com get; use post ou put",
    "{}.form cannot stand beside body: a request sends one of them":
      "{}.form não pode ficar ao lado de body: uma requisição envia um dos dois",
    "{}start.job is missing: look needs to know the job's id":
      "falta {}start.job: look precisa saber o id do trabalho",
    "without look the answer of start is the end": "sem look a resposta de start é o fim",
    "{}{} is of no use: {}": "{}{} não serve para nada: {}",
    "{}look.done must list at least one status": "{}look.done deve listar pelo menos um status",
    "{}look.{} lists {}, which {} lists already": "{}look.{} lista {}, que {} já lista",
    "{}find must say whose job it looks for, with {mission_id} or {idempotency_key} in where, query or path":
      "{}find deve dizer de quem é o trabalho que procura, com {mission_id} ou {idempotency_key} em where, query ou no caminho",
    "{}.{} is also a parameter; choose another name": "{}.{} é também um parâmetro; escolha outro nome",
    "{} makes {} kept values, and at most {} are allowed":
      "{} soma {} valores guardados, e no máximo {} são permitidos",
    ", check what its section sends as credentials": ", confira o que a seção dele envia como credenciais",
    "{} gave an answer too large to {}": "{} deu uma resposta grande demais a {}",
    "no job id at {} in it": "não há id de trabalho em {}",
    "it is not JSON, {}": "não é JSON, {}",
    "its top": "sua raiz",
    "no status at {} in it": "não há status em {}",
    "no list at {} in it": "não há lista em {}",
    "{} {} needs a request of its own: the answer of look is JSON":
      "{} {} precisa de uma requisição própria: a resposta de look é JSON",
    "{} gave a result to {} that is not {}: {}": "{} deu a {} um resultado que não é {}: {}",
    "{} gave a result to {} that is larger than {} bytes": "{} deu a {} um resultado com mais de {} bytes",
    "an answer in the spool's folder cannot be read: {}":
      "não foi possível ler uma resposta na pasta do spool: {}",
    "{} of {} cannot be made: {}": "não foi possível montar {} de {}: {}",
    "{} has no look any more, so job {} of an earlier run cannot be asked for":
      "{} não tem mais look, então não há como perguntar pelo trabalho {} de uma execução anterior",
    "job {} of {} failed, {}": "o trabalho {} de {} falhou, {}",
    "{} says that job {} is {}": "{} diz que o trabalho {} está {}",
    "no find is there to tell": "não há um find que o diga",
    "not known whether {} was taken by {}: {}": "não se sabe se {} foi aceito por {}: {}",
    "nothing ends the others": "nada termina os outros",
    "the others are cancelled": "os outros são cancelados",
    "{} runs {} jobs for {}: {} is taken, {}: {}": "{} tem {} trabalhos para {}: {} é adotado, {}: {}",
    "the source {} cannot be used: {}": "não foi possível usar a fonte {}: {}",
    "connected to {}, which answers; a health request would tell more":
      "conectado a {}, que responde; uma requisição health diria mais",
    "look at its headers in the configuration": "veja os headers dela na configuração",
    "the API is there but does not take these credentials: compare them with its own":
      "a API está lá mas não aceita estas credenciais: compare-as com as dela",
    "name the final address as its url: credentials are never sent on to another one":
      "ponha o endereço final na url dela: credenciais nunca são repassadas a outro",
    "something answers at its url that does not know this path: check url and health":
      "algo responde na url dela mas não conhece este caminho: confira url e health",
    "the API is there but not well: look at its own log": "a API está lá mas não está bem: veja o log dela",
    "something answers at its url that does not take this request: check url and health":
      "algo responde na url dela mas não aceita esta requisição: confira url e health",
    "its status is {}": "o status dele é {}",
    "its status is {}: {}": "o status dele é {}: {}",
  ]
}
