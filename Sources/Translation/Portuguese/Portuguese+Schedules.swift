extension Portuguese {
  /// Schedules: what is wrong with them, what a run, a plan and `check` say of them.
  static let schedules: KeyValuePairs<String, String> = [
    // What is wrong in config.yaml.
    "must be the five fields of cron": "deve ter os cinco campos do cron",
    "must be five fields (minute, hour, day of month, month, day of week) like 0 2 * * *, it has {}":
      "deve ter cinco campos (minuto, hora, dia do mês, mês, dia da semana), como 0 2 * * *, e tem {}",
    "has the {} {}; accepted: {}": "tem {} {}; aceito: {}",
    "has the {} {}, which ends before it begins; accepted: {}":
      "tem {} {}, que termina antes de começar; aceito: {}",
    "has the {} {}, whose step is too small or too large; accepted: {}":
      "tem {} {}, cujo passo é pequeno ou grande demais; aceito: {}",
    "has the {} {}, a step of one number; accepted: {}":
      "tem {} {}, um passo de um só número; aceito: {}",
    "never comes: none of its months has such a day": "nunca acontece: nenhum dos seus meses tem esse dia",
    "day of month": "dia do mês",
    "day of week": "dia da semana",
    "{}, a range as 0-30, a step as */15 or 0-30/10, several with commas, *":
      "{}, um intervalo como 0-30, um passo como */15 ou 0-30/10, vários com vírgulas, *",
    "{}, a range as 8-18, a step as */6 or 8-18/2, several with commas, *":
      "{}, um intervalo como 8-18, um passo como */6 ou 8-18/2, vários com vírgulas, *",
    "{}, a range as 1-7, a step as */2 or 1-31/7, several with commas, *":
      "{}, um intervalo como 1-7, um passo como */2 ou 1-31/7, vários com vírgulas, *",
    "{} or jan-dec, a range as jan-mar, a step as */3, several with commas, *":
      "{} ou jan-dec, um intervalo como jan-mar, um passo como */3, vários com vírgulas, *",
    "{} (0 and 7 are Sunday) or sun-sat, a range as mon-fri, a step as */2, several with commas, *":
      "{} (0 e 7 são domingo) ou sun-sat, um intervalo como mon-fri, um passo como */2, vários com vírgulas, *",
    "a day (today, yesterday or -7d) or two with .. between them, the earlier one first (-7d..yesterday)":
      "um dia (today, yesterday ou -7d) ou dois com .. entre eles, o mais antigo primeiro (-7d..yesterday)",
    "{}.name {} is also the name of schedules[{}]": "{}.name {} é também o nome de schedules[{}]",
    "{}.parameters make more than {} missions of each slot: write several schedules":
      "{}.parameters fazem mais de {} missões de cada horário: escreva vários schedules",
    "{}prune needs {}missions or {}events": "{}prune precisa de {}missions ou {}events",
    // run --due
    "--due needs schedules: in the configuration": "--due precisa de schedules: na configuração",
    "--due takes no mission files": "--due não recebe arquivos de missões",
    "--due and --only exclude each other": "--due e --only se excluem",
    "--due and --unlisted exclude each other": "--due e --unlisted se excluem",
    "nothing is due, and no schedule is active": "nada venceu, e nenhum schedule está ativo",
    "nothing is due; next is {} {}, at {}": "nada venceu; o próximo é {} {}, em {}",
    "what is due stays due": "o que venceu continua a fazer",
    "the schedule {} was seen at a later time than the clock shows now: its slots count from now on":
      "o schedule {} foi visto numa hora posterior à que o relógio mostra agora: seus horários contam a partir de agora",
    "retention removed 1 finished mission from the journal":
      "retention removeu 1 missão terminada do registro",
    "retention removed {} finished missions from the journal":
      "retention removeu {} missões terminadas do registro",
    "retention removed 1 event of a mission that stays": "retention removeu 1 evento de uma missão que fica",
    "retention removed {} events of missions that stay": "retention removeu {} eventos de missões que ficam",
    "what retention says could not be removed: {}": "o que retention manda remover não pôde ser removido: {}",
    // check
    "paused, {} for each slot": "pausado, {} por horário",
    "{} for each slot, none comes any more": "{} por horário, e nenhum vem mais",
    "{} for each slot, next {} in {}": "{} por horário, os próximos {} em {}",
    // Help.
    "only missions of schedules: of slots that are due, and unfinished ones of earlier slots":
      "só missões de schedules: de horários que venceram, e as não terminadas de horários anteriores",
    "With --due only schedules count: missions of slots that are due now are made and run, and unfinished ones of earlier slots. When nothing is due, or another run holds the journal, it ends with 0 at once; one timer that starts it every few minutes is enough for all schedules.":
      "Com --due só valem os schedules: as missões dos horários que venceram são criadas e executadas, e as não terminadas de horários anteriores. Quando nada venceu, ou outra execução tem o registro, termina logo com 0; um só timer a cada poucos minutos basta para todos os schedules.",
    "With --due it tells of the schedules: the slots that are due now, and those that come next.":
      "Com --due conta os schedules: os horários que venceram agora, e os próximos.",
    "which slots of the schedules come next": "que horários dos schedules vêm em seguida",
    "what the schedules want now, every few minutes": "o que os schedules pedem agora, a cada poucos minutos",
  ]
}
