extension Portuguese {
  /// How missions are chosen: sources, days and time zones.
  static let choosing: KeyValuePairs<String, String> = [
    "must be a name of the system's time zone database, like America/Sao_Paulo":
      "deve ser um nome do banco de fusos horários do sistema, como America/Sao_Paulo",
    "must be a name of the time zone database in {}, like America/Sao_Paulo (packages tzdata and, for old names, tzdata-legacy)":
      "deve ser um nome do banco de fusos horários em {}, como America/Sao_Paulo (pacotes tzdata e, para nomes antigos, tzdata-legacy)",
    "needs the time zone database, which is not in {}: install the package tzdata, or write UTC":
      "precisa do banco de fusos horários, que não está em {}: instale o pacote tzdata, ou escreva UTC",
    "only missions of this source; may be repeated": "só missões desta fonte; pode se repetir",
    "a source's name (a-z, 0-9, _ and -)": "o nome de uma fonte (a-z, 0-9, _ e -)",
    "cancel needs ids, or one of {}": "cancel precisa de ids, ou de uma destas: {}",
    "cancel takes ids or a choice by options, not both":
      "cancel aceita ids ou uma escolha por opções, não ambos",
    "what nobody needs any more of a source": "o que ninguém mais precisa de uma fonte",
    "only FAILED missions": "só missões FAILED",
    "--done and --failed exclude each other": "--done e --failed se excluem",
    "backfill makes missions of one source: --source can stand once":
      "backfill cria missões de uma só fonte: --source pode aparecer uma vez",
  ]
}
