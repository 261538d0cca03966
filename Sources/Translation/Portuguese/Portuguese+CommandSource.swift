extension Portuguese {
  /// Programs as sources: their section of the configuration, and what becomes of them.
  static let commandSource: KeyValuePairs<String, String> = [
    "{}command names no program": "{}command não indica nenhum programa",
    "must not begin with MISSION_: those are set for the program":
      "não deve começar com MISSION_: essas são definidas para o programa",
    "must be a name below the program's folder, like *.csv or data/*.json":
      "deve ser um nome abaixo da pasta do programa, como *.csv ou data/*.json",
    "{}{} has {}, which is in {} already; each code means one thing":
      "{}{} tem {}, que já está em {}; cada código significa uma só coisa",
    "{} must hold no variable, for everyone on the machine sees a program's arguments; give {} to the program under environment":
      "{} não deve conter variável, pois todos na máquina veem os argumentos de um programa; passe {} ao programa em environment",
    "sources.{}: {}; {}": "sources.{}: {}; {}",
    "there is no folder {}": "não existe a pasta {}",
    "make it, or name another one as its directory": "crie-a, ou indique outra como directory",
    "the program {} does not exist or is not executable": "o programa {} não existe ou não é executável",
    "install it, or name it with its path in command": "instale-o, ou indique-o com o caminho em command",
    "{} in {}": "{} em {}",
    "an argument of the program: {}": "um argumento do programa: {}",
    "the value of {{}} begins with `-` and would be an option of the program; write the argument as --name={{}}":
      "o valor de {{}} começa com `-` e seria uma opção do programa; escreva o argumento como --name={{}}",
    "no pipe for {}: {}": "sem pipe para {}: {}",
    "{}: {} more lines": "{}: mais {} linhas",
    "the program {} does not exist or is not executable: install it, or name it with its path":
      "o programa {} não existe ou não é executável: instale-o, ou indique-o com o caminho",
    "the program was ended on request": "o programa foi encerrado a pedido",
    "the start of the program": "o início do programa",
    "the run is being stopped": "a execução está sendo parada",
    "the program's folder cannot be read: {}": "não é possível ler a pasta do programa: {}",
    "the program put something else in the place of its folder":
      "o programa pôs outra coisa no lugar da pasta dele",
    "a program cannot be watched: {}": "não é possível acompanhar um programa: {}",
    "a program of an earlier start does not end, not even by SIGKILL":
      "um programa de um início anterior não termina, nem mesmo com SIGKILL",
    "{}: a program of an earlier start does not end, not even by SIGKILL":
      "{}: um programa de um início anterior não termina, nem mesmo com SIGKILL",
    "standard output": "saída padrão",
    "{} cannot be started: {}": "não foi possível iniciar {}: {}",
    "the program of job {} ended with the run that started it":
      "o programa do job {} terminou com a execução que o iniciou",
    "no file of the program's folder matches {}": "nenhum arquivo da pasta do programa corresponde a {}",
    "{} files match {}, but with result.at there can be one only":
      "{} arquivos correspondem a {}, mas com result.at só pode haver um",
    "source {}": "fonte {}",
    "the program asks to be started again later (exit code {}){}":
      "o programa pede para ser iniciado de novo mais tarde (código de saída {}){}",
    "the program cannot work for any mission (exit code {}){}":
      "o programa não consegue trabalhar para nenhuma missão (código de saída {}){}",
    "the program ended with exit code {}{}": "o programa terminou com o código de saída {}{}",
    "the program was ended by signal {} ({}){}": "o programa foi encerrado pelo sinal {} ({}){}",
    "it is not known how the program ended{}": "não se sabe como o programa terminou{}",
    "the name of {} is not UTF-8": "o nome de {} não está em UTF-8",
    "{} files match keep, at most {} are kept for a mission":
      "{} arquivos correspondem a keep, no máximo {} são guardados por missão",
    "the name of {} is longer than the {} bytes of a kept file":
      "o nome de {} é maior que os {} bytes de um arquivo guardado",
    "the name of {} is {} bytes long in its key, where it is percent-encoded; at most {} are allowed":
      "o nome de {} tem {} bytes na sua chave, onde é codificado com %; são permitidos no máximo {}",
    "the kept files are together larger than execution.max_result_size allows, {} bytes":
      "os arquivos guardados são juntos maiores do que execution.max_result_size permite, {} bytes",
    "{} could not be flushed: {}": "não foi possível descarregar {} no disco: {}",
    "there are more than {} files in the program's folder":
      "há mais de {} arquivos na pasta do programa",
    "{} is larger than execution.max_result_size allows, {} bytes":
      "{} é maior do que execution.max_result_size permite, {} bytes",
    "the result could not be kept": "não foi possível guardar o resultado",
  ]
}
