extension Portuguese {
  /// What is said of those whom `notify:` names.
  static let notifications: KeyValuePairs<String, String> = [
    "sent a test message": "mensagem de teste enviada",
    "check notify.{}": "confira notify.{}",
    "check notify.{}.secret_url": "confira notify.{}.secret_url",
    "check notify.email": "confira notify.email",
    "connected to {}; --notify sends a test message":
      "conectado a {}; --notify envia uma mensagem de teste",
    "logged in": "login feito",
    "{} at {}; --notify sends a test message": "{} em {}; --notify envia uma mensagem de teste",
    "{}to must name at least one address": "{}to deve indicar ao menos um endereço",
    "{}username and password belong together": "{}username e password andam juntos",
    "{}encryption none would send the password in the clear; use starttls or tls":
      "{}encryption none enviaria a senha às claras; use starttls ou tls",
    "must be an address like operator@example.com, without a name":
      "deve ser um endereço como operator@example.com, sem nome",
    "notifications: the system gives no thread, nothing is sent":
      "notificações: o sistema não dá uma thread, nada é enviado",
    "notify {}: told of {}": "notify {}: avisou de {}",
    "notify {}: could not tell of {}: {} ({})": "notify {}: não foi possível avisar de {}: {} ({})",
    "the run is over already": "a execução já terminou",
    "no answer yet, and the run is over already": "ainda sem resposta, e a execução já terminou",
    "no answer in the time that was left": "sem resposta no tempo que restava",
    "1 try": "1 tentativa",
    "{} tries": "{} tentativas",
    ", redirects are not followed": ", redirecionamentos não são seguidos",
    "answered {}{}": "respondeu {}{}",
    "the system gives no thread": "o sistema não dá uma thread",
    "libcurl could not be started": "não foi possível iniciar a libcurl",
  ]
}
