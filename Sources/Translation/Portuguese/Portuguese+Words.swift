extension Portuguese {
  /// Single words that stand in the places of sentences.
  static let words: KeyValuePairs<String, String> = [
    "PENDING": "Pendente",
    "QUEUED": "Na fila",
    "RUNNING": "Executando",
    "DONE": "Concluída",
    "FAILED": "Falhou",
    "CANCELLED": "Cancelada",
    "field": "campo",
    "fields": "campos",
    "journal": "diário",
    "configuration": "configuração",
    "destination": "destino",
    "store": "armazenamento",
    "parts": "partes",
    "created": "criado",
    "written": "gravado",
    "closed": "fechado",
    "list": "lista",
    "mapping": "mapa",
    "milliseconds": "milissegundos",
    "seconds": "segundos",
    "minutes": "minutos",
    "hours": "horas",
    "days": "dias",
  ]
}
