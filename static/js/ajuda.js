// While a request for help is written, at each pause: the pages of the manual that may answer it.

const PAUSA = 700; // ms
const lugar = document.querySelector("[data-sugestoes]");
const { categoria, assunto, texto } = lugar?.closest("form").elements ?? {};
let espera, sobre;

async function sugerir() {
  const escrito = `${assunto.value} ${texto.value}`.trim();
  const agora = (escrito || (categoria.value && categoria.selectedOptions[0].text)).slice(0, 300);
  if (agora.length < 8 || agora === sobre) return;
  sobre = agora;
  const resposta = await fetch(`${lugar.dataset.sugestoes}?${new URLSearchParams({ q: agora })}`);
  const paginas = resposta.ok ? await resposta.text() : "";
  if (agora === sobre) lugar.innerHTML = paginas;
}

for (const campo of lugar ? [categoria, assunto, texto] : []) {
  campo.addEventListener("input", () => {
    clearTimeout(espera);
    espera = setTimeout(() => sugerir().catch(() => {}), PAUSA);
  });
}
