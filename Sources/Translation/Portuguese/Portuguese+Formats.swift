extension Portuguese {
  /// The formats of results: their section of the configuration, and what is wrong with a result's bytes.
  static let formats: KeyValuePairs<String, String> = [
    "{}{} belongs to the format {}, not to {}": "{}{} pertence ao formato {}, não a {}",
    "{}streams names no stream": "{}streams não indica nenhum stream",
    "must be one ASCII character like \";\" or \"\\t\", and not a quote or a line end":
      "deve ser um caractere ASCII como \";\" ou \"\\t\", e não aspas nem fim de linha",
    "must be a JSON Pointer like /data/items, or empty for the whole document":
      "deve ser um JSON Pointer como /data/items, ou vazio para o documento inteiro",
    "line {}": "linha {}",
    "row {}, field {}": "registro {}, campo {}",
    "{} (byte {})": "{} (byte {})",
    "it begins with the mark of UTF-8, so its encoding is utf-8":
      "começa com a marca de UTF-8, portanto o encoding é utf-8",
    "the header has an empty name": "o cabeçalho tem um nome vazio",
    "the header has this name twice": "o cabeçalho tem este nome duas vezes",
    "the header has more than {} bytes": "o cabeçalho tem mais de {} bytes",
    "the file is empty, not even a header is there": "o arquivo está vazio, não há nem mesmo um cabeçalho",
    "text after the closing quote": "texto depois das aspas de fechamento",
    "a quote inside a field that does not begin with one": "aspas dentro de um campo que não começa com elas",
    "the row has more fields than the header, which has {}":
      "o registro tem mais campos que o cabeçalho, que tem {}",
    "the row ends here, and the header has {} fields": "o registro termina aqui, e o cabeçalho tem {} campos",
    "the encoding {} does not have this byte": "o encoding {} não tem este byte",
    "it is neither an array nor an object": "não é nem um array nem um objeto",
    "record {} at byte {} is not an object": "o registro {} no byte {} não é um objeto",
    "must be at most {} bytes": "deve ter no máximo {} bytes",
    "it is not UTF-8": "não é UTF-8",
    "a record of more than {} bytes stands before its type and stream; write those first":
      "um registro de mais de {} bytes está antes de type e stream; escreva estes primeiro",
    "the type of the message is no text": "o type da mensagem não é um texto",
    "the stream of the message is no text": "o stream da mensagem não é um texto",
    "the message has its type, stream or record twice": "a mensagem tem type, stream ou record duas vezes",
    "the record of the message is not an object": "o record da mensagem não é um objeto",
    "the message has no type": "a mensagem não tem type",
    "the message is a RECORD without a record": "a mensagem é um RECORD sem record",
    "the message is a RECORD without a stream": "a mensagem é um RECORD sem stream",
  ]
}
