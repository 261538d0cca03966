extension Portuguese {
  /// `coverage`: its help, its errors.
  static let coverage: KeyValuePairs<String, String> = [
    "journal {} does not exist": "o registro {} não existe",
    "which days are there, and which are not": "que dias estão aí, e quais não",
    "Tells for every slice (source, media type, languages, parameters) and every wanted day how it stands: done, empty, suspicious, failed, cancelled, pending, running, missing (no mission covers it) or, with --data, lost (its ledger row or its object is gone). A mission covers each day of its range; of several the best counts. Wanted is what the files of --like name, else what the configuration's mission files name, else each slice from its first day to its last one (or --from and --to).":
      "Diz, para cada fatia (fonte, tipo de mídia, idiomas, parâmetros) e cada dia desejado, como ele está: done, empty, suspicious, failed, cancelled, pending, running, missing (nenhuma missão o cobre) ou, com --data, lost (a linha no registro de cargas ou o objeto sumiu). Uma missão cobre cada dia do seu intervalo; de várias vale a melhor. Desejado é o que os arquivos de --like indicam, senão o que os arquivos de missões da configuração indicam, senão cada fatia do primeiro ao último dia dela (ou --from e --to).",
    "Ends with 0 when every wanted day is done, empty, suspicious or cancelled, and with 1 when one is not, so that cron can ask. --write makes the mission file that repairs exactly that, and the commands to type then are printed.":
      "Termina com 0 quando todo dia desejado está done, empty, suspicious ou cancelled, e com 1 quando algum não está, para que o cron possa perguntar. --write grava o arquivo de missões que conserta exatamente isso, e os comandos a digitar depois são impressos.",
    "the first day to tell of: YYYY-MM-DD, today, yesterday, -7d":
      "o primeiro dia a relatar: AAAA-MM-DD, today, yesterday, -7d",
    "the last day to tell of": "o último dia a relatar",
    "mission files that say what is wanted": "arquivos de missões que dizem o que é desejado",
    "journals to put together, instead of the configuration's":
      "registros a juntar, em vez do da configuração",
    "ask destination and store too: what is done there?":
      "pergunta também ao destino e ao armazenamento: o que está lá?",
    "write the mission file that repairs what is not there":
      "grava o arquivo de missões que conserta o que falta",
    "which days do I have?": "que dias eu tenho?",
    "and what brings the others?": "e o que traz os outros?",
    "looked for outside, as a page": "procurando também lá fora, como página",
    "of several machines": "de várias máquinas",
    "{} is one of the mission files that say what is wanted: name another file":
      "{} é um dos arquivos de missões que dizem o que é desejado: indique outro arquivo",
    "missions whose result is not trusted": "missões cujo resultado não merece confiança",
    "say that a suspicious result is right": "diz que um resultado suspeito está certo",
    "Takes the flag off missions whose result was suspicious, also while a run is live: it was right, and later results are compared with it. One that FAILED of it (ERROR205) goes on at DB with the next run, from the spool. The beginning of an id is enough; list --suspicious has them.":
      "Tira a marca das missões cujo resultado era suspeito, também durante uma execução: estava certo, e resultados posteriores são comparados com ele. Uma que falhou por isso (ERROR205) segue em DB na próxima execução, a partir do spool. Basta o começo de um id; list --suspicious as mostra.",
    "two quiet days, as they really were": "dois dias fracos, como foram mesmo",
    "what looks wrong": "o que parece errado",
    "what happened, from the journal": "o que aconteceu, a partir do registro",
    "Shows the events of the latest run, of the run that --run names, or of one mission, in the order of time, and what the programs of failed missions wrote to their standard error. With --output json each is a line of JSON with the members of --log-format json.":
      "Mostra os eventos da última execução, da execução que --run indica, ou de uma missão, na ordem do tempo, e o que os programas das missões com falha escreveram na saída de erros. Com --output json cada um é uma linha de JSON com os membros de --log-format json.",
    "--follow goes on while the run works, and ends with it.":
      "--follow continua enquanto a execução trabalha, e termina com ela.",
    "only of this run, by id or its beginning": "só desta execução, pelo id ou pelo começo dele",
    "show what comes, until the run ends": "mostra o que vier, até a execução terminar",
    "what the run does now": "o que a execução faz agora",
    "an earlier run, for another program": "uma execução anterior, para outro programa",
    "With --all, or one of --source, --from and --to, it tells of the missions of the journal instead, whichever run did them, and of the one command that leads on.":
      "Com --all, ou um de --source, --from e --to, fala das missões do registro, seja qual for a execução que as fez, e do único comando que leva adiante.",
    "every mission of the journal, whichever run did it":
      "todas as missões do registro, seja qual for a execução",
    "a whole backfill": "um backfill inteiro",
    "report takes RUN, or --all with --source, --from and --to, not both":
      "report aceita RUN, ou --all com --source, --from e --to, não os dois",
    "wrote {} ({}), the report of the journal": "{} gravado ({}), o relatório do registro",
    "what looked wrong in the last week": "o que pareceu errado na última semana",
    "only missions whose rows or audit object are gone: destination and store are asked":
      "só missões cujas linhas ou objeto de auditoria sumiram: pergunta-se ao destino e ao armazenamento",
    "only missions whose result is not like those before it":
      "só missões cujo resultado não é como os anteriores",
    "end with 1 when a result is not like those before it":
      "termina com 1 quando um resultado não é como os anteriores",
    "is not suspicious": "não é suspeita",
    "is {}: wait until it is done": "está {}: espere até ser concluída",
  ]
}
