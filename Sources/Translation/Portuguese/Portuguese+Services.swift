extension Portuguese {
  /// What workers, spool, destination and store have to say, as far as we say it.
  static let services: KeyValuePairs<String, String> = [
    "the audit thread could not be started: {}": "não foi possível iniciar a thread de auditoria: {}",
    "the spooled result cannot be read: {}": "não foi possível ler o resultado no spool: {}",
    "{} exists with other bytes: its sha256 is {}, ours is {}":
      "{} existe com outros bytes: seu sha256 é {}, o nosso é {}",
    "look at the object; rerun the mission when it is to be replaced":
      "veja o objeto; refaça a missão se ele deve ser substituído",
    "what the request wants to find there is not so":
      "o que a requisição espera encontrar ali está diferente",
    "the store does not keep create-only writing, which storage_s3.create_only requires":
      "o armazenamento não cumpre a gravação só de criação, que storage_s3.create_only exige",
    "name another store, or set storage_s3.create_only to auto":
      "indique outro armazenamento ou ponha storage_s3.create_only em auto",
    "{} cannot be an object: a folder store keeps its own files under such names":
      "{} não pode ser um objeto: um armazenamento em pasta guarda seus próprios arquivos sob tais nomes",
    "{} was not written": "{} não foi gravado",
    "{} has no x-amz-meta-body-sha256": "{} não tem x-amz-meta-body-sha256",
    "it cannot be asked what it holds": "não há como perguntar o que ele guarda",
    "other bytes came back than were written": "voltaram outros bytes que não os gravados",
    "the folder store cannot be used: {}": "não foi possível usar o armazenamento em pasta: {}",
    "{} is no key of a folder store": "{} não é uma chave de um armazenamento em pasta",
    "{} is not there any more": "{} não está mais lá",
    "{} does not exist, nor does the folder that it would be made in":
      "{} não existe, nem a pasta em que seria criado",
    "{} is not a folder": "{} não é uma pasta",
    "{} is on another file system than before": "{} está em outro sistema de arquivos que antes",
    "objects of no mission were not looked for: {}": "objetos de nenhuma missão não foram procurados: {}",
    "writer {}: healthy; {}": "gravador {}: saudável; {}",
    "it tells what it has": "ele diz o que tem",
    "it does not tell what it has (no GET): that nothing is written twice is its word":
      "ele não diz o que tem (sem GET): que nada é gravado duas vezes é palavra dele",
    "the writer says that it has {} records, {} were sent":
      "o gravador diz que tem {} registros, foram enviados {}",
    "check what storage_writer.headers sends as credentials":
      "confira o que storage_writer.headers envia como credenciais",
    "look at the writer's own log: it does not take these records":
      "veja o log do próprio gravador: ele não aceita estes registros",
    "look at the writer's own log": "veja o log do próprio gravador",
    "the writer asks to be left alone longer than an upload may take":
      "o gravador pede para esperar mais tempo do que um envio pode levar",
    "redirects are not followed: write the URL that it leads to as storage_writer.url":
      "redirecionamentos não são seguidos: escreva como storage_writer.url a URL a que ele leva",
    "does a writer answer at storage_writer.url?": "um gravador responde em storage_writer.url?",
    "{}: the answer is not as the writer API has it: {}":
      "{}: a resposta não é como a API de gravadores diz: {}",
    "compare the writer with examples/writer-api": "compare o gravador com examples/writer-api",
    "{}: a page of the list does not go on behind the one before":
      "{}: uma página da lista não continua depois da anterior",
    "the HTTP store cannot be used: {}": "não foi possível usar o armazenamento HTTP: {}",
    "{} is no key of an HTTP store": "{} não é uma chave de um armazenamento HTTP",
    "{} cannot be an object: an HTTP store keeps its own files under such names":
      "{} não pode ser um objeto: um armazenamento HTTP guarda seus próprios arquivos sob tais nomes",
    "{}: open failed: {}": "{}: open falhou: {}",
    "{} is not there once it is written": "{} não está lá depois de gravado",
    "the server gives no list of what it holds: ": "o servidor não lista o que guarda: ",
    "the server answered {}": "o servidor respondeu {}",
    "check what storage_http.headers sends as credentials":
      "confira o que storage_http.headers envia como credenciais",
    "let these credentials write, read and delete below storage_http.url":
      "permita que estas credenciais gravem, leiam e removam abaixo de storage_http.url",
    "make the folder that storage_http.url names, or check the URL":
      "crie a pasta que storage_http.url indica, ou confira a URL",
    "the server must take PUT, HEAD, GET and DELETE there: switch WebDAV on, or check the URL":
      "o servidor precisa aceitar PUT, HEAD, GET e DELETE ali: ligue o WebDAV, ou confira a URL",
    "let the server take larger bodies (nginx: client_max_body_size)":
      "deixe o servidor aceitar corpos maiores (nginx: client_max_body_size)",
    "free some space on the server": "libere espaço no servidor",
    "the server is there but busy or not well: try again in a minute":
      "o servidor está lá, mas ocupado ou com problemas: tente de novo em um minuto",
    "redirects are not followed: write the URL that it leads to as storage_http.url":
      "redirecionamentos não são seguidos: escreva como storage_http.url a URL a que ele leva",
    "does storage_http.url name a server that takes PUT?":
      "storage_http.url indica um servidor que aceita PUT?",
    "{} is larger than {} bytes": "{} tem mais de {} bytes",
    "{} is being written by another process": "outro processo está gravando {}",
    "{} is not a regular file": "{} não é um arquivo regular",
    "destination: it cannot be asked what it holds": "destino: não há como perguntar o que ele guarda",
    "unknown reason": "motivo desconhecido",
    "{} not found ({}): install the package {}": "{} não foi encontrado ({}): instale o pacote {}",
    "{} has no function {}: another version of the library is needed":
      "{} não tem a função {}: é preciso outra versão da biblioteca",
    "{} at position {}: the spooled result is not JSON: {}":
      "{} na posição {}: o resultado no spool não é JSON: {}",
    "{} was replaced meanwhile": "{} foi substituído nesse meio-tempo",
    "the file is locked by another program: {}": "o arquivo está travado por outro programa: {}",
    "no thread could be started for {}": "não foi possível iniciar uma thread para {}",
    "this file system cannot hold a write-ahead log":
      "este sistema de arquivos não suporta um log de escrita antecipada",
    "cannot be created: {}": "não pode ser criado: {}",
    "cannot be examined: {}": "não pode ser examinado: {}",
    "is a symbolic link": "é um link simbólico",
    "is not a regular file": "não é um arquivo regular",
    "belongs to someone else": "pertence a outra pessoa",
    "belongs to another journal": "pertence a outro registro",
    "names no journal": "não diz de que registro é",
    "cannot be created: {}: {}": "não pode ser criado: {}: {}",
    "the table {} was not created by Mission Control: {}":
      "a tabela {} não foi criada pelo Mission Control: {}",
    "name another file or move it away": "indique outro arquivo ou mova-a daí",
    "name another table for this source or move it away":
      "indique outra tabela para esta fonte ou mova-a daí",
    "name another table for this source": "indique outra tabela para esta fonte",
    "the ledger names it": "o registro de cargas a indica",
    "the table {} was not prepared": "a tabela {} não foi preparada",
    "the table {} has version {}, newer than {} that this program knows":
      "a tabela {} tem a versão {}, mais nova que a {} que este programa conhece",
    "the table {} has version {}, newer than {} that this program knows: update it":
      "a tabela {} tem a versão {}, mais nova que a {} que este programa conhece: atualize-o",
    "the ledger row of {} names the table \"{}\", which cannot be ours":
      "a linha do registro de cargas de {} indica a tabela \"{}\", que não pode ser nossa",
    "the table {} is not there and this user may not make it":
      "a tabela {} não existe e este usuário não pode criá-la",
    "have the schema's owner type: {}": "peça ao dono do esquema que digite: {}",
    "mission_control_schema holds no version": "mission_control_schema não contém versão",
    "its tables have version {}, newer than {} that this program knows: update it":
      "as tabelas têm a versão {}, mais nova que a {} que este programa conhece: atualize-o",
    "the column {}.{} is missing or was altered": "a coluna {}.{} está faltando ou foi alterada",
    "{} at position {}": "{} na posição {}",
    "loading took longer than execution.timeouts.statement allows, at {} {}":
      "a carga levou mais tempo do que execution.timeouts.statement permite, no {} {}",
    "{} rows of the mission are in {}, {} were loaded":
      "{} linhas da missão estão em {}, {} foram carregadas",
    "the row of the {} at position {} is missing": "a linha do {} na posição {} está faltando",
    "the row of the {} at position {} says position {}": "a linha do {} na posição {} diz posição {}",
    "the row of the {} at position {} has another {}": "a linha do {} na posição {} tem outro {}",
    "the row of the {} at position {} holds other data":
      "a linha do {} na posição {} contém outros dados",
    "a trigger added {} rows and removed {}": "um gatilho acrescentou {} linhas e removeu {}",
    "the ledger row is not in missions as it was written":
      "a linha do registro de cargas não está em missions como foi gravada",
    "the database changed what was loaded, nothing was committed: {}":
      "o banco de dados mudou o que foi carregado, nada foi confirmado: {}",
    "look at the triggers, unique indexes, rules and policies of {} and missions":
      "veja os gatilhos, índices únicos, regras e políticas de {} e missions",
    "the table {} has an ON CONFLICT clause": "a tabela {} tem uma cláusula ON CONFLICT",
    "the store's list of objects does not come to an end: it {}":
      "a lista de objetos do armazenamento não chega ao fim: ele {}",
    "gave the key {} twice": "deu a chave {} duas vezes",
    "gave the key {} after {}": "deu a chave {} depois de {}",
    "gave the same continuation token again": "deu de novo o mesmo token de continuação",
    "gave {} pages without keys and says that there are more": "deu {} páginas sem chaves e diz que há mais",
    "the ledger row": "a linha do registro de cargas",
    "libcurl could not be started: no memory, file descriptor or watch":
      "não foi possível iniciar a libcurl: sem memória, descritor de arquivo ou vigia",
    "the transfer thread could not be started: {}": "não foi possível iniciar a thread de transferência: {}",
    "the client was closed": "o cliente foi fechado",
    "the answer's header fields have more than {} bytes": "os cabeçalhos da resposta têm mais de {} bytes",
    "the kept connection ended before the answer; the request is not sent twice":
      "a conexão mantida caiu antes da resposta; a requisição não é enviada duas vezes",
    "the URL has white space or control characters": "a URL tem espaços ou caracteres de controle",
    "a header field has control characters": "um cabeçalho tem caracteres de controle",
    "no memory for the URL": "sem memória para a URL",
    "no memory for a transfer": "sem memória para uma transferência",
    "no byte for {}": "nenhum byte por {}",
    "the request's body ended after {} of {} bytes": "o corpo da requisição acabou após {} de {} bytes",
    "the request's body could not be read: {}": "não foi possível ler o corpo da requisição: {}",
    "the body has {} bytes or more, {} are allowed": "o corpo tem {} bytes ou mais, são permitidos {}",
    "no file to write to": "nenhum arquivo onde gravar",
    "{} at byte {}": "{} no byte {}",
    "unexpected character": "caractere inesperado",
    "unexpected end": "fim inesperado",
    "invalid number": "número inválido",
    "invalid escape": "escape inválido",
    "control character in a string": "caractere de controle num texto",
    "invalid UTF-8": "UTF-8 inválido",
    "nested deeper than {}": "mais de {} níveis aninhados",
    "content after the end": "conteúdo depois do fim",
    "not an object": "não é um objeto",
    "not an array": "não é um array",
    "more than {} members": "mais de {} membros",
    "the store confirmed no ETag": "o armazenamento não confirmou um ETag",
    "the endpoint must be https://host[:port][/path], got {}":
      "o endpoint deve ser https://host[:port][/path], recebido {}",
    "the endpoint is plain http to {}: use https or set allow_plain_http":
      "o endpoint usa http sem criptografia para {}: use https ou ponha allow_plain_http",
    "the bucket's name must not be empty or hold a slash":
      "o nome do bucket não pode ser vazio nem conter barra",
    " (the store names {})": " (o armazenamento indica {})",
    "the store reported an error in a success": "o armazenamento informou um erro numa resposta de sucesso",
    "the bucket is elsewhere; redirects are not followed":
      "o bucket está em outro lugar; redirecionamentos não são seguidos",
    "the store does not accept the credentials": "o armazenamento não aceita as credenciais",
    "the store denied permission": "o armazenamento negou a permissão",
    "not found": "não encontrado",
    "the store asks for fewer requests": "o armazenamento pede menos requisições",
    "no S3 store or no such bucket answers here":
      "nenhum armazenamento S3, ou nenhum bucket assim, responde aqui",
    ", with the Content-Encoding {}, which was not asked for":
      ", com o Content-Encoding {}, que ninguém pediu",
    " with the Content-Encoding {}, which was not asked for":
      " com o Content-Encoding {}, que ninguém pediu",
    "{} gave an answer to {} that cannot be used": "{} deu a {} uma resposta inutilizável",
    "{} answered 206 to {}, a part of the answer, and all of it was asked for":
      "{} respondeu 206 a {}, uma parte da resposta, e ela foi pedida inteira",
    "the connection ended inside the head of the answer":
      "a conexão terminou dentro do cabeçalho da resposta",
    "a connection cannot be watched: {}{}": "não é possível vigiar uma conexão: {}{}",
    " (fs.epoll.max_user_watches is used up)": " (fs.epoll.max_user_watches se esgotou)",
    "the store failed": "o armazenamento falhou",
    "the store refused the request": "o armazenamento recusou a requisição",
    "answered {}: {}": "respondeu {}: {}",
    "answered {} {}: {}": "respondeu {} {}: {}",
    "the bucket is in the region {}: {}": "o bucket está na região {}: {}",
    "no {} in it": "não há {} nela",
    "no job_id of [A-Za-z0-9._-]{1,128} in it": "não há nela um job_id de [A-Za-z0-9._-]{1,128}",
    "{} gave an answer to {} that cannot be used, {}: {}": "{} deu a {} uma resposta inutilizável, {}: {}",
    "{} answered {} to {}": "{} respondeu {} a {}",
    ", check its api_key": ", confira a api_key dele",
    ", redirects are not followed, check its url": ", redirecionamentos não são seguidos, confira a url dele",
    "{} gave no answer to {}: {}": "{} não respondeu a {}: {}",
    "the spool cannot take a result: {}": "o spool não consegue receber um resultado: {}",
    "data is not an array": "data não é um array",
    "data[{}] at byte {} is not an object": "data[{}] no byte {} não é um objeto",
    "nothing is at {}": "não há nada em {}",
    "what is at {} is neither an array nor an object": "o que está em {} não é array nem objeto",
    "{} says that what it started goes on, without a job to look at":
      "{} diz que o que iniciou continua, sem um job para consultar",
    "ads_count is not a whole number": "ads_count não é um número inteiro",
    "the answer is not JSON: {}: {}": "a resposta não é JSON: {}: {}",
    "the answer has the wrong shape: {}: {}": "a resposta tem a forma errada: {}: {}",
    "ads_count says {}, data has {} elements": "ads_count diz {}, data tem {} elementos",
    "{} is in use by another run of this journal, or of a copy of it":
      "{} está em uso por outra execução deste registro, ou de uma cópia dele",
    "{} holds results of an earlier journal of this name: they are left alone, results of this run go to {}":
      "{} tem resultados de um registro anterior com este nome: ficam como estão; os desta execução vão para {}",
    "{} may hold results of other journals: it is left alone, what this journal needs was copied to {}":
      "{} pode ter resultados de outros registros: fica como está; o que este registro precisa foi copiado para {}",
    "{}: the spooled result is missing or was altered":
      "{}: o resultado no spool está faltando ou foi alterado",
    "{}: no space left, free some and run again": "{}: não há espaço livre, libere algum e execute de novo",
    "{} {}: refused, move it away and run again": "{} {}: recusado, mova-o daí e execute de novo",
    "{}: {} failed: {}": "{}: {} falhou: {}",
    "is not a folder": "não é uma pasta",
    "{} could not be {}: {}": "{} não pôde ser {}: {}",
    "list of {}": "listagem de {}",
    "the store's list of objects cannot be read": "a lista de objetos do armazenamento não pode ser lida",
    "status is missing": "falta status",
    "status is not a string": "status não é um texto",
    "wait until the server has started, then run again":
      "espere o servidor terminar de iniciar e execute de novo",
    "holds a character that PostgreSQL cannot store, as \\u0000: {}":
      "contém um caractere que o PostgreSQL não pode guardar, como \\u0000: {}",
    "is the server running and reachable, and are host and port in storage_db.connection_string right?":
      "o servidor está rodando e acessível, e host e porta em storage_db.connection_string estão certos?",
    "check sslmode, sslrootcert and the host name in storage_db.connection_string":
      "confira sslmode, sslrootcert e o nome do host em storage_db.connection_string",
    "check user, database and TLS in storage_db.connection_string against the server's pg_hba.conf":
      "confira usuário, banco e TLS em storage_db.connection_string com o pg_hba.conf do servidor",
    "check user and password in storage_db.connection_string":
      "confira usuário e senha em storage_db.connection_string",
    "create the database (createdb NAME) or check its name in storage_db.connection_string":
      "crie o banco (createdb NOME) ou confira o nome dele em storage_db.connection_string",
    "raise the limit of connections, or lower execution.max_concurrency":
      "aumente o limite de conexões ou reduza execution.max_concurrency",
    "load into SQLite, or have the worker leave such characters out":
      "carregue em SQLite, ou faça o worker omitir esses caracteres",
    "mend the tables, or name another storage_db.schema":
      "corrija as tabelas ou indique outro storage_db.schema",
    "no memory for a connection": "sem memória para uma conexão",
    "no connection within execution.timeouts.connect": "sem conexão dentro de execution.timeouts.connect",
    "no answer within execution.timeouts.statement": "sem resposta dentro de execution.timeouts.statement",
    "the connection was lost": "a conexão se perdeu",
    "a PostgreSQL destination needs libpq: {}": "um destino PostgreSQL precisa da libpq: {}",
    "libpq does not understand storage_db.connection_string":
      "a libpq não entende storage_db.connection_string",
    "check its keywords, and that special characters are percent-encoded in a URL or quoted in key=value":
      "confira as palavras-chave, e se caracteres especiais estão codificados com % numa URL ou entre aspas em chave=valor",
    "no thread could be started for a connection": "não foi possível iniciar uma thread para uma conexão",
    "the table {}.{} was not created by Mission Control":
      "a tabela {}.{} não foi criada pelo Mission Control",
    "name another storage_db.schema": "indique outro storage_db.schema",
    "{}.mission_control_schema holds no version": "{}.mission_control_schema não contém versão",
    "the tables in {} have version {}, newer than {} that this program knows":
      "as tabelas em {} têm a versão {}, mais nova que a {} que este programa conhece",
    "update the program": "atualize o programa",
    "the tables in {} have version {} and this user may not alter them":
      "as tabelas em {} têm a versão {} e este usuário não pode alterá-las",
    "have their owner type: {}": "peça ao dono delas que digite: {}",
    "the column {}.{}.{} is missing or was altered": "a coluna {}.{}.{} está faltando ou foi alterada",
    "the server is PostgreSQL {}, 12 or newer is required":
      "o servidor é PostgreSQL {}, é preciso o 12 ou mais novo",
    "upgrade the server": "atualize o servidor",
    "the database has the encoding {}, UTF8 is required": "o banco tem a codificação {}, é preciso UTF8",
    "create it with ENCODING 'UTF8' TEMPLATE template0": "crie-o com ENCODING 'UTF8' TEMPLATE template0",
    "the server is a standby and takes no writes": "o servidor é uma réplica e não aceita gravações",
    "name the primary, or add target_session_attrs=read-write to storage_db.connection_string":
      "indique o primário, ou acrescente target_session_attrs=read-write a storage_db.connection_string",
    "the ledger row went away meanwhile": "a linha do registro de cargas sumiu nesse meio-tempo",
    "{} at position {}: is larger than PostgreSQL can hold":
      "{} na posição {}: é maior do que o PostgreSQL comporta",
    "PostgreSQL {}, without TLS": "PostgreSQL {}, sem TLS",
  ]
}
