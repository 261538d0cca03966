extension Portuguese {
  /// What `check --conformance` says of a worker.
  static let contract: KeyValuePairs<String, String> = [
    "GET /health answers": "GET /health responde",
    "a request without the key is refused": "um pedido sem a chave é recusado",
    "POST /session opens a session": "POST /session abre uma sessão",
    "GET /session/status comes to ready": "GET /session/status chega a ready",
    "POST /scrape refuses what is no scrape": "POST /scrape recusa o que não é extração",
    "GET /scrape/{job_id} of an unknown job is 404": "GET /scrape/{job_id} de um job desconhecido dá 404",
    "POST /scrape starts a small scrape that ends": "POST /scrape inicia uma extração pequena que termina",
    "a job that has ended is told again": "um job que terminou é informado de novo",
    "POST /scrape/{job_id}/cancel ends a job": "POST /scrape/{job_id}/cancel encerra um job",
    "DELETE /session ends the session": "DELETE /session encerra a sessão",
    "{} ads": "{} anúncios",
    "it had ended before": "já tinha terminado antes",
    "but it also says \"{}\", which is waited on": "mas também diz \"{}\", pelo que se espera",
    "no answer: {}": "sem resposta: {}",
    "answers with the Content-Encoding {}, which was not asked for":
      "responde com o Content-Encoding {}, que não foi pedido",
    "answers {} where any 2xx is expected": "responde {} onde se espera qualquer 2xx",
    "answers {} where {} is expected": "responde {} onde se espera {}",
    "the answer has no {} that is a text": "a resposta não tem um {} que seja um texto",
    "a session that was just opened is {}": "uma sessão recém-aberta está {}",
    "not ready within {}": "não ficou pronta em {}",
    "afterwards GET /session/status must answer 404 or terminated":
      "depois disso GET /session/status deve responder 404 ou terminated",
    "left out: no session was opened": "deixado de fora: nenhuma sessão foi aberta",
    "left out: no job was started": "deixado de fora: nenhum job foi iniciado",
    "the scrape ended as {}": "a extração terminou como {}",
    "it has no result any more": "já não tem resultado",
    "two jobs have the same id, so that nobody can tell them apart":
      "dois jobs têm o mesmo id, e ninguém consegue distingui-los",
    "afterwards it must be cancelled, but it is {}": "depois disso deve estar cancelled, mas está {}",
    "the job_id {} is not of [A-Za-z0-9._-]{1,128}": "o job_id {} não é de [A-Za-z0-9._-]{1,128}",
    "it did not end within {}": "não terminou em {}",
    "the answer cannot be used: {}": "a resposta não serve: {}",
    "the answer cannot be used": "a resposta não serve",
    "a run is live and may use the worker: let it end, then try the worker":
      "uma execução está ativa e pode usar o worker: deixe-a terminar e depois teste o worker",
    "a job of mission {} may still run on {}: type run to take it over first":
      "um job da missão {} talvez ainda rode em {}: digite run para assumi-lo antes",
    "--worker NAME and --conformance go together": "--worker NAME e --conformance vão juntos",
    "the worker that --conformance tries": "o worker que --conformance testa",
    "try whether a worker keeps to the worker API, with a small scrape":
      "testar se um worker cumpre a API de workers, com uma extração pequena",
    "a worker of one's own": "um worker próprio",
    "With --worker NAME --conformance nothing but that worker is tried, against the whole contract of the worker API: its session is replaced, one day is scraped, a job is cancelled, wrong requests are sent. For those who write workers.":
      "Com --worker NAME --conformance só esse worker é testado, contra todo o contrato da API de workers: a sessão dele é substituída, um dia é extraído, um job é cancelado, pedidos errados são enviados. Para quem escreve workers.",
  ]
}
