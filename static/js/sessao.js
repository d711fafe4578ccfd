// Warns before the session ends and lets the person go on (WCAG 2.2.1). Other tabs may have made it longer: ask first.

const AVISAR_ANTES = 5 * 60;
const MARGEM = 30;
const pagina = document.querySelector("[data-sessao-segundos]").dataset;
let relogio;

async function perguntar(endereco, opcoes) {
  const resposta = await fetch(endereco, { headers: { Accept: "application/json" }, ...opcoes });
  if (!resposta.ok) throw new Error(resposta.status);
  return resposta.json();
}

const minutos = (segundos) => {
  const n = Math.max(1, Math.floor(segundos / 60));
  return n === 1 ? "1 minuto" : `${n} minutos`;
};

function elemento(nome, texto, classe = "") {
  const novo = document.createElement(nome);
  novo.textContent = texto;
  novo.className = classe;
  return novo;
}

function mostrar(titulo, texto, ...acoes) {
  document.querySelector("dialog.sessao")?.remove();
  const aviso = elemento("dialog", "", "sessao");
  const cabeca = elemento("h2", titulo);
  const conteudo = elemento("p", texto);
  cabeca.id = "sessao-titulo";
  conteudo.id = "sessao-texto";
  aviso.setAttribute("role", "alertdialog");
  aviso.setAttribute("aria-labelledby", cabeca.id);
  aviso.setAttribute("aria-describedby", conteudo.id);
  const botoes = elemento("div", "", "acoes");
  for (const [rotulo, acao] of acoes) {
    const botao = elemento("button", rotulo, "botao button");
    botao.type = "button";
    botao.addEventListener("click", () => {
      aviso.close();
      acao();
    });
    botoes.append(botao);
  }
  aviso.append(cabeca, conteudo, botoes);
  document.body.append(aviso);
  aviso.showModal();
  return aviso;
}

function esperar(segundos, depois) {
  clearTimeout(relogio);
  relogio = setTimeout(depois, Math.max(0, segundos) * 1000);
}

function acabou() {
  mostrar(
    "Sua sessão terminou",
    "Copie o que ainda não tinha sido enviado e entre de novo em outra aba.",
    ["Entendi", () => {}],
  );
}

function avisar({ restam, restariam }) {
  const podeContinuar = restariam > restam + MARGEM;
  const falta = `A sessão termina em ${minutos(restam)} ${podeContinuar ? "por falta de uso." : "porque começou há 12 horas. Envie ou salve o que está na tela e entre de novo."}`;
  const aviso = mostrar("Você ainda está aí?", falta, [podeContinuar ? "Continuar conectado" : "Entendi", podeContinuar ? manter : () => {}]);
  if (podeContinuar) aviso.addEventListener("cancel", manter);
  esperar(restam + 1, conferir);
}

async function conferir() {
  try {
    const estado = await perguntar(pagina.sessao);
    if (estado.restam <= 0) acabou();
    else if (estado.restam > AVISAR_ANTES + MARGEM) esperar(estado.restam - AVISAR_ANTES, conferir);
    else avisar(estado);
  } catch {
    esperar(MARGEM, conferir);
  }
}

async function manter() {
  const dados = new FormData();
  dados.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  try {
    const { restam } = await perguntar(pagina.manter, { method: "POST", body: dados });
    if (restam <= 0) acabou();
    else esperar(restam - AVISAR_ANTES, conferir);
  } catch {
    conferir();
  }
}

esperar(Number(pagina.sessaoSegundos) - AVISAR_ANTES, conferir);
