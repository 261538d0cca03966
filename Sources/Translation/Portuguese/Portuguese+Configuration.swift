extension Portuguese {
  /// What is wrong with config.yaml.
  static let configuration: KeyValuePairs<String, String> = [
    "must be the name of a table": "deve ser o nome de uma tabela",
    "must be a JSON Pointer from a record to its id, like /id or /key/0":
      "deve ser um JSON Pointer de um item ao seu id, como /id ou /key/0",
    "must match [a-z][a-z0-9_]{0,62}": "deve casar com [a-z][a-z0-9_]{0,62}",
    "must not begin with {}": "não pode começar com {}",
    "must not be {}, which is a table of Mission Control's own":
      "não pode ser {}, que é uma tabela do próprio Mission Control",
    "{}: and {} more errors": "{}: e mais {} erros",
    "the top level": "o nível superior",
    "{} cannot stand beside {}: exactly one of {}": "{} não pode ficar ao lado de {}: exatamente um de {}",
    "{} {}, without quotes": "{} {}, sem aspas",
    " (look at {})": " (veja {})",
    "{} must not hold line ends or control characters{}":
      "{} não pode conter quebras de linha nem caracteres de controle{}",
    "must be a text or {file: PATH}": "deve ser um texto ou {file: PATH}",
    "{} is empty: set {}": "{} está vazio: defina {}",
    "unknown key {}.{}; only file is known here": "chave {}.{} desconhecida; aqui só existe file",
    "{} must be a text or {file: PATH}": "{} deve ser um texto ou {file: PATH}",
    "must be a path": "deve ser um caminho",
    "{}.file must be a path": "{}.file deve ser um caminho",
    "{} must hold one line of UTF-8 text, not empty": "{} deve conter uma linha de texto UTF-8, não vazia",
    "no such file": "esse arquivo não existe",
    "{} must be a mapping of keys to values": "{} deve ser um mapa de chaves para valores",
    "the file": "o arquivo",
    "{} must be a list: lines that begin with `- `": "{} deve ser uma lista: linhas que começam com `- `",
    "unknown key {}{}": "chave {}{} desconhecida",
    ", did you mean {}?": "; você quis dizer {}?",
    "; it belongs to {}": "; ela pertence a {}",
    "; known here: {}": "; aqui existem: {}",
    "{} is missing": "falta {}",
    "{} is empty": "{} está vazio",
    ": set {}": ": defina {}",
    "; write it here or set {}": "; escreva-o aqui ou defina {}",
    "{}, not the value of {}": "{}, o que o valor de {} não é",
    ", got {}": ", recebido {}",
    "{} {}, got {}": "{} {}, recebido {}",
    ", not the value of {}": ", o que o valor de {} não é",
    "{}endpoint must not hold the bucket {}; it belongs in bucket alone{}":
      "{}endpoint não pode conter o bucket {}; ele vai só em bucket{}",
    "{} is plain http, so secrets could be read on the way; use https or set allow_plain_http: true beside it":
      "{} usa http sem criptografia, e segredos poderiam ser lidos no caminho; use https ou ponha allow_plain_http: true ao lado",
    "does not exist": "não existe",
    "is a folder, not a file": "é uma pasta, não um arquivo",
    "is larger than {} bytes": "tem mais de {} bytes",
    "cannot be read: {}": "não pode ser lido: {}",
    "a variable is written ${NAME} or ${NAME:-default}, and $${ for a plain ${":
      "uma variável se escreve ${NAME} ou ${NAME:-default}, e um ${ literal se escreve $${",
    "the environment variable {} is not set; set it or write ${{}:-default}":
      "a variável de ambiente {} não está definida; defina-a ou escreva ${{}:-default}",
    "workers must name at least one worker": "workers deve indicar pelo menos um worker",
    "workers[{}].name {} is also the name of workers[{}]":
      "workers[{}].name {} é também o nome de workers[{}]",
    "a worker holds one session, so it can be listed once":
      "um worker tem uma só sessão, então só pode aparecer uma vez",
    "workers[{}].url is also the URL of {}; {}": "workers[{}].url é também a URL de {}; {}",
    "{}region auto needs an endpoint": "{}region auto precisa de um endpoint",
    "{}addressing virtual needs an endpoint with a host name, not an address":
      "{}addressing virtual precisa de um endpoint com nome de host, não um endereço",
    "{} must be a mapping of at least one name to a value":
      "{} deve ser um mapa de pelo menos um nome para um valor",
    "{} must list at least one word, each once": "{} deve listar pelo menos uma palavra, cada uma só uma vez",
    "must be {} or a list of allowed words": "deve ser {} ou uma lista de palavras permitidas",
    "must be a lower-case letter or digit, then up to 63 of a-z, 0-9, _ and -":
      "deve ser uma letra minúscula ou um dígito, depois até 63 de a-z, 0-9, _ e -",
    "must be a lower-case letter, then up to 62 of a-z, 0-9 and _":
      "deve ser uma letra minúscula, depois até 62 de a-z, 0-9 e _",
    "is a name that has a meaning of its own; choose another":
      "é um nome que já tem um significado; escolha outro",
    "{} must name at least one worker": "{} deve indicar pelo menos um worker",
    "{} names {}, which is none of workers": "{} indica {}, que não está em workers",
    "must be {}...{}": "deve estar entre {} e {}",
    "must be a whole number of {}...{}": "deve ser um número inteiro entre {} e {}",
    "must be true or false": "deve ser true ou false",
    "must be a number of starts and a span like 20/1h or 1/5s":
      "deve ser um número de inícios e um intervalo, como 20/1h ou 1/5s",
    "must be a duration like 250ms, 90s, 5m, 2h, 1d or a number of {}":
      "deve ser uma duração como 250ms, 90s, 5m, 2h, 1d ou um número de {}",
    "must be more than 0": "deve ser mais que 0",
    "must be a size like 4GiB, 100MB, 64KiB or a number of bytes, and more than 0":
      "deve ser um tamanho como 4GiB, 100MB, 64KiB ou um número de bytes, e maior que 0",
    "must be a text": "deve ser um texto",
    "must be an http:// or https:// URL": "deve ser uma URL http:// ou https://",
    "must be {}": "deve ser {}",
    "{}[{}] is empty": "{}[{}] está vazio",
    "must be letters, digits, `.`, `_` and `-`, at most 64, with a letter or digit first":
      "deve ter letras, dígitos, `.`, `_` e `-`, no máximo 64, começando com letra ou dígito",
    "must be letters, digits and `_`, at most 63, without a digit first":
      "deve ter letras, dígitos e `_`, no máximo 63, sem começar com dígito",
    "must be letters, digits, `.`, `_` and `-`, with a letter or digit first":
      "deve ter letras, dígitos, `.`, `_` e `-`, começando com letra ou dígito",
    "must be letters, digits, `_` and `-`": "deve ter letras, dígitos, `_` e `-`",
    "must be at most 512 bytes": "deve ter no máximo 512 bytes",
    "must not have an empty part, `.` or `..` between its slashes, nor a slash at its ends":
      "não pode ter uma parte vazia, `.` ou `..` entre as barras, nem barra nas pontas",
    "must be host:port": "deve ser host:porta",
    "{}; the user belongs in username and password": "{}; o usuário vai em username e password",
    "must name a file: sqlite:PATH": "deve indicar um arquivo: sqlite:PATH",
    "must name a file; a database in memory would keep nothing":
      "deve indicar um arquivo; um banco em memória não guardaria nada",
    "must have @, /, ?, # and % of its user and password written as %40, %2F, %3F, %23, %25":
      "deve ter @, /, ?, # e % do usuário e da senha escritos como %40, %2F, %3F, %23, %25",
    "must name hosts, and a port of 1...65535 behind each if any":
      "deve indicar hosts, cada um com uma porta entre 1 e 65535, se houver",
    "{} comes from {} and {} from {}": "{} vem de {} e {} de {}",
    "{}, which are of two accounts; set {}, or {} and not {}":
      "{}, que são de duas contas; defina {}, ou {} em vez de {}",
    "{} comes from {}, which belongs to {}": "{} vem de {}, que pertence a {}",
    "{} and not to the access_key that is written; write its secret_key too":
      "{} e não à access_key que está escrita; escreva também a secret_key dela",
    "{} and not to the secret_key that is written; write its access_key too":
      "{} e não à secret_key que está escrita; escreva também a access_key dela",
    "; copy one from the folder examples/ of the sources, or name one with --config FILE":
      "; copie uma da pasta examples/ do código-fonte, ou indique uma com --config FILE",
    "must be sqlite:PATH, postgresql://… or key=value pairs of libpq":
      "deve ser sqlite:PATH, postgresql://… ou pares chave=valor da libpq",
    "must be a URL of plain characters; others are written as %XX":
      "deve ser uma URL de caracteres simples; os outros se escrevem %XX",
    "must not hold a user or password": "não pode conter usuário nem senha",
    "must not hold a user or password; another @ is written as %40":
      "não pode conter usuário nem senha; outro @ se escreve %40",
    "must not hold a fragment": "não pode conter um fragmento",
    "must not hold a query or fragment": "não pode conter consulta nem fragmento",
    "must name a host, and a port of 1...65535 if any":
      "deve indicar um host e, se houver porta, uma entre 1 e 65535",
    "the file is empty": "o arquivo está vazio",
    "a second document is not accepted": "um segundo documento não é aceito",
    "anchors are not accepted": "âncoras não são aceitas",
    "tags are not accepted": "tags não são aceitas",
    "aliases are not accepted; write the value again": "aliases não são aceitos; escreva o valor de novo",
    "a key must be a word": "uma chave deve ser uma palavra",
    "merge keys are not accepted": "chaves de mesclagem não são aceitas",
    "the key {} is repeated; it is first on line {}": "a chave {} está repetida; a primeira está na linha {}",
    "cannot be read": "não pode ser lido",
    "this quote is never closed": "estas aspas nunca se fecham",
    "a `:` is missing after this key": "falta um `:` depois desta chave",
    "a tab cannot indent here; use spaces": "um tab não pode indentar aqui; use espaços",
    "the file must be at most {} bytes, it is larger": "o arquivo pode ter no máximo {} bytes, e é maior",
    "the file is UTF-16 or UTF-32; save it as UTF-8": "o arquivo está em UTF-16 ou UTF-32; salve-o em UTF-8",
    "nested deeper than {} levels": "mais de {} níveis aninhados",
    "the byte 0x{} is not UTF-8": "o byte 0x{} não é UTF-8",
    "a control character is not accepted": "um caractere de controle não é aceito",
  ]
}
