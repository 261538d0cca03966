extension Portuguese {
  /// What is wrong with texts that have places for a mission's values.
  static let placeholders: KeyValuePairs<String, String> = [
    "must have a name like {date_start} in its braces; plain braces are written {{ and }}":
      "deve ter um nome como {date_start} entre as chaves; chaves literais se escrevem {{ e }}",
    "has a } without its {; a plain one is written }}":
      "tem uma } sem a sua {; uma literal se escreve }}",
    "has no value for {{}} here, which {}": "aqui não tem valor para {{}}, que {}",
    "must have no placeholder, got {{}}": "não pode ter nenhum marcador, recebido {{}}",
    "has an unknown placeholder {{}}, did you mean {{}}?":
      "tem um marcador desconhecido {{}}; você quis dizer {{}}?",
    "has an unknown placeholder {{}}; known here: {}":
      "tem um marcador desconhecido {{}}; aqui existem: {}",
    "there is no value for {{}}": "não há valor para {{}}",
    "the value of {{}} holds a line end or control character, which may not stand there":
      "o valor de {{}} contém uma quebra de linha ou um caractere de controle, que não pode ficar ali",
  ]
}
