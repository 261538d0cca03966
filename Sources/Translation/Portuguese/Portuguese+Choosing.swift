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
    "cancel needs ids, or one of --failed, --code, {}":
      "cancel precisa de ids, ou de uma destas: --failed, --code, {}",
    "only missions whose latest try failed and that wait for another":
      "só missões cuja última tentativa falhou e que esperam por outra",
    "cancel takes ids or a choice by options, not both":
      "cancel aceita ids ou uma escolha por opções, não ambos",
    "what nobody needs any more of a source": "o que ninguém mais precisa de uma fonte",
    "only FAILED missions": "só missões FAILED",
    "With --data destination and store are asked, as a run does before it scrapes: how many of the missions are done already, so that nothing would be requested of their sources?":
      "Com --data o destino e o armazenamento são consultados, como faz uma execução antes de raspar: quantas das missões já estão feitas, de modo que nada seria pedido às suas fontes?",
    "ask destination and store too: what is done already?":
      "consulta também o destino e o armazenamento: o que já está feito?",
    "--done and --failed exclude each other": "--done e --failed se excluem",
    "the source of the missions (default: default)": "a fonte das missões (padrão: default)",
    "{}.to {} is before {}.from {}": "{}.to {day} é antes de {}.from {day}",
    "{}.source {} is none of sources; there are {}": "{}.source {} não está em sources; existem {}",
    "{}.media_type is missing: the source {} needs it": "falta {}.media_type: a fonte {} precisa dele",
    "{}.languages is missing: the source {} needs at least one":
      "falta {}.languages: a fonte {} precisa de pelo menos um idioma",
    "{} is no parameter of the source {}": "{} não é parâmetro da fonte {}",
    "{} {} is no value of it; accepted: {}": "{} {} não é um valor dele; aceito: {}",
    "{} lists {} twice": "{} traz {} duas vezes",
    "{}.parameters.{} is missing: the source {} needs it":
      "falta {}.parameters.{}: a fonte {} precisa dele",
    "{}.parameters: {}": "{}.parameters: {}",
    "{} makes {} missions, at most {} are allowed: narrow from and to, or write several windows":
      "{} cria {} missões, no máximo {} são permitidas: encurte from e to, ou escreva várias janelas",
    "must be a duration like 36h, 1d or a number of days, and more than 0":
      "deve ser uma duração como 36h, 1d ou um número de dias, maior que 0",
    "{} must be a mapping of names to values": "{} deve ser um mapa de nomes para valores",
    "{} must list at least one value": "{} deve trazer pelo menos um valor",
    "must be a code of 2 or 3 letters": "deve ser um código de 2 ou 3 letras",
    "window {}:{}": "janela {}:{}",
    "{}, {} to {}": "{}, {day} a {day}",
    "scrape DONE missions once more": "extrai de novo missões concluídas",
    "Puts DONE missions back to PENDING at SCRAPE, named by id or chosen by the options; says how many first. The next run scrapes them again, whatever its files say. Their rows and audit objects stay until the new ones replace them, and where the new scrape fails they stay as they are.":
      "Devolve missões DONE a PENDING na etapa SCRAPE, indicadas pelo id ou escolhidas pelas opções; antes diz quantas são. A próxima execução as extrai de novo, digam o que disserem os arquivos. As linhas e os objetos de auditoria ficam até que os novos os substituam, e onde a nova extração falha ficam como estão.",
    "one mission, by the beginning of its id": "uma missão, pelo começo do id",
    "the last week of a source": "a última semana de uma fonte",
    "rerun needs ids, or one of {}": "rerun precisa de ids, ou de uma destas: {}",
    "rerun takes ids or a choice by options, not both":
      "rerun aceita ids ou uma escolha por opções, não ambos",
    "Named by its id, a mission that FAILED with ERROR405 is put back too: the object that is there is replaced.":
      "Indicada pelo id, também uma missão que está FAILED com ERROR405 é devolvida: o objeto que está lá é substituído.",
    "is {}: only DONE ones, and those with ERROR405, are run once more":
      "está {}: só missões DONE, e as que têm ERROR405, são extraídas de novo",
    "an origin was not written": "uma origem não foi gravada",
    "is neither DONE nor FAILED with ERROR405": "não está DONE nem FAILED com ERROR405",
    "the runs: when, how long, how they ended, what they did":
      "as execuções: quando, quanto tempo, como terminaram, o que fizeram",
    "Lists the runs, the latest first: id, start, time taken, exit code and why it ended, and how many missions were selected, done, failed and left. report RUN tells of one of them.":
      "Lista as execuções, a mais recente primeiro: id, início, tempo, código de saída e por que terminou, e quantas missões foram selecionadas, concluídas, falharam e restaram. report RUN conta de uma delas.",
    "runs to list, at most (default 50)": "no máximo quantas execuções listar (padrão 50)",
    "the last week of a nightly job": "a última semana de um job noturno",
    "why a mission is run or not, and what to type":
      "por que uma missão é executada ou não, e o que digitar",
    "Explains one mission: whether a run would choose it now and by which rule, at which checkpoint it goes on and why, what failed before, where its row stands, and what to type. Reads the mission files and windows of the configuration. The beginning of an id is enough.":
      "Explica uma missão: se uma execução a escolheria agora e por qual regra, em que etapa ela continua e por quê, o que falhou antes, onde está sua linha, e o que digitar. Lê os arquivos de missões e as janelas da configuração. O começo do id basta.",
  ]
}
