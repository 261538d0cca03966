extension Portuguese {
  /// What is wrong with a command line.
  static let usage: KeyValuePairs<String, String> = [
    "unknown command {}, did you mean {}?": "comando {} desconhecido; você quis dizer {}?",
    "unknown command {}; if it is a mission file, write: mission-control run {}":
      "comando {} desconhecido; se for um arquivo de missões, escreva: mission-control run {}",
    "--quiet and --verbose exclude each other": "--quiet e --verbose se excluem",
    "--output must be {}, got \"{}\" ({} can)": "--output deve ser {}, não \"{}\" (isso é para {})",
    "a mission file must have a name, got {}": "um arquivo de missões precisa de um nome, recebido {}",
    "--from, --to, --media-type and --languages are needed":
      "--from, --to, --media-type e --languages são obrigatórias",
    "retry needs ids, or one of --failed, --code, {}":
      "retry precisa de ids, ou de uma destas: --failed, --code, {}",
    "retry takes ids or a choice by options, not both":
      "retry aceita ids ou uma escolha por opções, não ambos",
    "{} takes no arguments, got {}": "{} não aceita argumentos, recebido {}",
    "{} needs one {}, got {}": "{} precisa de um {}, recebidos {}",
    "{} takes {} or nothing, got {}": "{} aceita {} ou nada, recebido {}",
    "{} needs at least one {}": "{} precisa de pelo menos um {}",
    "--to {} is before --from {}": "--to {} vem antes de --from {}",
    "--{} is given twice": "--{} aparece duas vezes",
    "--{} takes no value": "--{} não aceita valor",
    "{} lacks its value": "falta o valor de {}",
    "{} is needed": "{} é obrigatória",
    "--{} belongs to {}, not to {}": "--{} é de {}, não de {}",
    "unknown option {}, did you mean --{}?": "opção {} desconhecida; você quis dizer --{}?",
    "unknown option {}": "opção {} desconhecida",
    "a day (YYYY-MM-DD, today, yesterday or -7d for seven days ago)":
      "um dia (AAAA-MM-DD, today, yesterday ou -7d para sete dias atrás)",
    "a whole number from {} to {}": "um número inteiro entre {} e {}",
    "a duration above 0 with its unit (250ms, 90s, 45m, 1.5h, 1d)":
      "uma duração acima de 0 com a unidade (250ms, 90s, 45m, 1.5h, 1d)",
    "one of the product's codes, as ERROR404 or ERROR4xx":
      "um dos códigos do produto, como ERROR404 ou ERROR4xx",
    "a mission's id or the beginning of one": "o id de uma missão ou o começo dele",
    "--html and --output json exclude each other": "--html e --output json se excluem",
    "a file that ends in .html, .json or .txt": "um arquivo que termina em .html, .json ou .txt",
    "a file": "um arquivo",
    "must be {}, got {}": "deve ser {}, recebido {}",
    "see {}": "veja {}",
    "a file that ends in .prom": "um arquivo que termina em .prom",
    "{} takes one {} at most, got {}": "{} aceita no máximo um {}, recebidos {}",
    "a run's id or the beginning of one": "o id de uma execução ou o começo dele",
  ]
}
