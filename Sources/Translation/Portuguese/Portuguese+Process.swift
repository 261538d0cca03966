extension Portuguese {
  /// Arguments, threads, signals and outputs of the process itself.
  static let process: KeyValuePairs<String, String> = [
    "started without arguments, not even the program's name":
      "iniciado sem argumentos, nem mesmo o nome do programa",
    "no thread could be started: {}: raise the limit of processes or free some memory":
      "não foi possível iniciar uma thread: {}: aumente o limite de processos ou libere memória",
    "signals cannot be waited for, {}": "não é possível esperar por sinais, {}",
    "the parent cannot be watched, {}": "não é possível observar o processo que o iniciou, {}",
    "the process that started this run has ended, so the run stops":
      "o processo que iniciou esta execução terminou, por isso ela para",
    "standard error cannot be written, {}": "não é possível gravar na saída de erro padrão, {}",
    "standard output cannot be written: {}": "não é possível gravar na saída padrão: {}",
    "… 1 line was dropped": "… 1 linha foi descartada",
    "… {} lines were dropped": "… {} linhas foram descartadas",
    "the report cannot be written, {}": "não é possível gravar o relatório, {}",
    "not everything can be checked, {}": "não é possível verificar tudo, {}",
    "not everything can be verified, {}": "não é possível conferir tudo, {}",
    "commands cannot be listened to, {}": "não é possível receber comandos, {}",
    "is a named pipe, not a regular file": "é um pipe nomeado, não um arquivo regular",
    "is a socket, not a regular file": "é um socket, não um arquivo regular",
    "is a device, not a regular file": "é um dispositivo, não um arquivo regular",
  ]
}
