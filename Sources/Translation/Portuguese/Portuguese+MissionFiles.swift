extension Portuguese {
  /// What is wrong with mission files.
  static let missionFiles: KeyValuePairs<String, String> = [
    "this quote is never closed, so the rest of the file was read as one field; accepted: a closing quote":
      "estas aspas nunca se fecham, então o resto do arquivo foi lido como um só campo; aceito: aspas que fecham",
    "a quote inside a field that does not begin with one; accepted: \"a\"\"b\"":
      "aspas dentro de um campo que não começa com elas; aceito: \"a\"\"b\"",
    "text after the closing quote of the field that begins at {}:{}; accepted: a comma or a line end":
      "texto depois das aspas que fecham o campo que começa em {}:{}; aceito: uma vírgula ou o fim da linha",
    "the field is longer than {} bytes": "o campo tem mais de {} bytes",
    "a NUL byte is not text": "um byte NUL não é texto",
    "a carriage return without a line feed; accepted line ends: LF or CRLF":
      "um retorno de carro sem quebra de linha; fins de linha aceitos: LF ou CRLF",
    "codes of 2 or 3 letters joined by commas, like pt or pt,eng":
      "códigos de 2 ou 3 letras separados por vírgula, como pt ou pt,eng",
    "the mission file does not exist": "o arquivo de missões não existe",
    "this is a folder, not a mission file": "isto é uma pasta, não um arquivo de missões",
    "the file is UTF-16, UTF-32 or not text; accepted: UTF-8":
      "o arquivo está em UTF-16, UTF-32 ou não é texto; aceito: UTF-8",
    "a column without a name": "uma coluna sem nome",
    "unknown column {}": "coluna {} desconhecida",
    "the column {} is repeated; {}": "a coluna {} está repetida; {}",
    "the header lacks the {} {}; {}": "o cabeçalho não traz {} {}; {}",
    "accepted: {}, and {} and {} if wanted": "aceitas: {}, e {} e {} se desejado",
    "{} is no parameter of the source {}; accepted: an empty field":
      "{} não é um parâmetro da fonte {}; aceito: um campo vazio",
    "the row has no {}; accepted: {}": "a linha não traz {}; aceito: {}",
    "{} is {} bytes long": "{} tem {} bytes",
    "the parameters are {} bytes long together": "os parâmetros têm {} bytes ao todo",
    "the parameters with their names are {} bytes long": "os parâmetros com seus nomes têm {} bytes",
    "{}, percent-encoded; accepted: at most {}": "{}, codificado com %; aceito: no máximo {}",
    "a whole number of at most 18 digits, without + and leading zeros":
      "um número inteiro de no máximo 18 dígitos, sem + e sem zeros à esquerda",
    "a value that does not begin with -, for the program would take it for an option":
      "um valor que não comece com -, pois o programa o tomaria por uma opção",
    "the file is empty; it needs a header": "o arquivo está vazio; ele precisa de um cabeçalho",
    "the row has no dates": "a linha não tem datas",
    "a lower-case letter or digit, then up to 63 of a-z, 0-9, _ and -":
      "uma letra minúscula ou um dígito, depois até 63 de a-z, 0-9, _ e -",
    "a whole number of {}...{}": "um número inteiro entre {} e {}",
    "{} is not in the calendar; accepted: YYYY-MM-DD": "{} não existe no calendário; aceito: AAAA-MM-DD",
    "is empty; accepted: {}": "está vazio; aceito: {}",
    "{} is empty; accepted: {}": "{} está vazio; aceito: {}",
    "is not UTF-8; accepted: {}": "não é UTF-8; aceito: {}",
    "is {}; accepted: {}": "é {}; aceito: {}",
    "is {} with {}; accepted: {}": "é {} com {}; aceito: {}",
    "is {} with {} and {}; accepted: {}": "é {} com {} e {}; aceito: {}",
    "is nothing but {}; accepted: {}": "não tem nada além de {}; aceito: {}",
    "a space at the beginning": "um espaço no começo",
    "a space at the end": "um espaço no fim",
    "a tab": "uma tabulação",
    "a line end": "um fim de linha",
    "U+00A0 (a no-break space)": "U+00A0 (um espaço que não quebra)",
    "U+200B (a zero-width space)": "U+200B (um espaço de largura zero)",
    "U+FEFF (a byte order mark)": "U+FEFF (uma marca de ordem de bytes)",
    "nothing but {}": "nada além de {}",
    "{} with {}": "{} com {}",
    "unknown column {} with {}": "coluna {} desconhecida, com {}",
    "a column whose name is nothing but {}": "uma coluna cujo nome não tem nada além de {}",
    "semicolons": "pontos e vírgulas",
    "tabs": "tabulações",
    "{} stand between the fields instead of commas": "há {} entre os campos em vez de vírgulas",
    "; {} stand between the fields, accepted: commas": "; há {} entre os campos, aceitas: vírgulas",
    "no mission file can be read: {}": "nenhum arquivo de missões pode ser lido: {}",
    "missions: leads to no file: {}": "missions: não leva a nenhum arquivo: {}",
    "missions: {} matches no file": "missions: {} não corresponde a nenhum arquivo",
    "{} cannot be read: {}": "{} não pode ser lido: {}",
    "{}: cannot be read: {}": "{}: não pode ser lido: {}",
    "cannot keep a copy of {}: {}": "não foi possível guardar uma cópia de {}: {}",
    "the row has {} {}, the header has {}": "a linha tem {} {}, o cabeçalho tem {}",
    "; several languages need quotes: \"pt,eng\"": "; vários idiomas precisam de aspas: \"pt,eng\"",
    "date_end {} is before date_start {}; accepted: the same day or a later one":
      "date_end {} vem antes de date_start {}; aceito: o mesmo dia ou um posterior",
  ]
}
