// Keys of access (WebAuthn): the browser speaks with the key and the form carries what it answers.

const bytes = (texto) => Uint8Array.from(atob(texto.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const texto = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const abertas = (lista) => lista?.map((chave) => ({ ...chave, id: bytes(chave.id) }));

const PEDIDOS = {
  criar: (opcoes) =>
    navigator.credentials.create({
      publicKey: {
        ...opcoes,
        challenge: bytes(opcoes.challenge),
        user: { ...opcoes.user, id: bytes(opcoes.user.id) },
        excludeCredentials: abertas(opcoes.excludeCredentials),
      },
    }),
  usar: (opcoes) =>
    navigator.credentials.get({
      publicKey: {
        ...opcoes,
        challenge: bytes(opcoes.challenge),
        allowCredentials: abertas(opcoes.allowCredentials),
      },
    }),
};
const ERROS = {
  InvalidStateError: "Esta chave já está cadastrada.",
  NotAllowedError: "A chave não respondeu ou o pedido foi cancelado. Tente de novo.",
};

function escrever(credencial) {
  const resposta = {};
  for (const parte of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credencial.response[parte]) resposta[parte] = texto(credencial.response[parte]);
  }
  return JSON.stringify({
    id: credencial.id,
    rawId: texto(credencial.rawId),
    type: credencial.type,
    response: resposta,
    clientExtensionResults: credencial.getClientExtensionResults(),
  });
}

async function enviar(evento) {
  evento.preventDefault();
  const formulario = evento.target;
  const erro = formulario.querySelector("[role=alert]");
  erro.textContent = "";
  try {
    const opcoes = JSON.parse(document.getElementById(formulario.dataset.opcoes).textContent).publicKey;
    formulario.elements.credential.value = escrever(await PEDIDOS[formulario.dataset.chave](opcoes));
    formulario.submit();
  } catch (falha) {
    erro.textContent = ERROS[falha.name] ?? "Não foi possível usar a chave neste navegador.";
  }
}

const enderecoComNome = !/^[\d.]+$|:/.test(location.hostname); // no key works for an address made of numbers
for (const formulario of document.querySelectorAll("form[data-chave]")) {
  const opcoes = JSON.parse(document.getElementById(formulario.dataset.opcoes).textContent).publicKey;
  const temChave = formulario.dataset.chave === "criar" || opcoes.allowCredentials?.length;
  if (!window.PublicKeyCredential || !enderecoComNome || !temChave) continue;
  formulario.hidden = false;
  document.querySelector("[data-sem-chave]")?.remove();
  formulario.addEventListener("submit", enviar);
}
