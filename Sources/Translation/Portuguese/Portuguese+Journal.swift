extension Portuguese {
  /// What is wrong with the journal.
  static let journal: KeyValuePairs<String, String> = [
    "{} shares files between machines, which the lock and WAL do not survive":
      "{} compartilha arquivos entre máquinas, ao que a trava e o WAL não resistem",
    "its lock cannot be taken ({})": "não foi possível obter a trava dele ({})",
    "the journal is closed": "o registro está fechado",
    "journal {}: {}": "registro {}: {}",
    "journal {} is held by another run: wait until it ends, then run again":
      "o registro {} está em uso por outra execução: espere até ela terminar e execute de novo",
    "journal {} is held by another run, process {} since {}: wait until it ends, then run again":
      "o registro {} está em uso por outra execução, processo {} desde {}: espere até ela terminar e execute de novo",
    "journal {} is locked by another program for longer than execution.timeouts.busy: close that program, then run again":
      "o registro {} está travado por outro programa há mais tempo que execution.timeouts.busy: feche esse programa e execute de novo",
    "{} {}: move it away or name another journal.path": "{} {}: mova-o daí ou indique outro journal.path",
    "journal {} cannot be kept here, {}: put journal.path on a local disk":
      "o registro {} não pode ficar aqui, {}: ponha journal.path num disco local",
    "cannot write {}, {}: make its folder writable or name another journal.path":
      "não é possível gravar {}, {}: dê permissão de escrita à pasta ou indique outro journal.path",
    "the disk of journal {} is full: free some space, then run again; nothing was lost":
      "o disco do registro {} está cheio: libere espaço e execute de novo; nada se perdeu",
    "{} does not exist": "{} não existe",
    "journal {} is damaged, {}: restore a backup of it, or move it away with its -wal file and run again; it was not touched":
      "o registro {} está danificado, {}: restaure um backup, ou mova-o daí junto com o arquivo -wal e execute de novo; ele não foi tocado",
    "the disk of journal {} fails, {}: check the disk, then run again":
      "o disco do registro {} falha, {}: verifique o disco e execute de novo",
    "journal {} has version {}, this program knows up to {}: use the newer program; it was not touched":
      "o registro {} tem a versão {}, este programa conhece até a {}: use o programa mais novo; ele não foi tocado",
    "journal {} has version {}, this program reads {}: start a run once, which keeps a backup and brings it up to date":
      "o registro {} tem a versão {}, este programa lê a {}: inicie uma execução uma vez, que guarda um backup e o atualiza",
    "internal error: mission {} {}; please report it": "erro interno: missão {} {}; por favor, relate",
    "internal error: {}; please report it": "erro interno: {}; por favor, relate",
    "the journal's thread cannot start, {}": "não é possível iniciar a thread do registro, {}",
    "journal {}": "registro {}",
    "its file system cannot do WAL": "o sistema de arquivos dele não suporta WAL",
    "is a database of another program": "é um banco de dados de outro programa",
    "it does not begin as a database": "não começa como um banco de dados",
    "its tables are not those of its version ({})": "as tabelas dele não são as da sua versão ({})",
    "is not in the journal": "não está no registro",
    "is {} at {}, which does not allow {}": "está {} em {}, o que não permite {}",
    "{} changed {} missions instead of one": "{} mudou {} missões em vez de uma",
    "cannot write {}: {}": "não é possível gravar {}: {}",
    "the text holds no statement": "o texto não contém um comando",
    "run {}": "execução {}",
    "mission {}": "missão {}",
  ]
}
