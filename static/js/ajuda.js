// While a request for help is written: the pages of the manual that may answer it.

const lugar = document.querySelector("[data-sugestoes]");
const { categoria, assunto, texto } = lugar?.closest("form").elements ?? {};

async function sugerir() {
  const escrito = `${assunto.value} ${texto.value}`.trim();
  const sobre = escrito || (categoria.value && categoria.selectedOptions[0].text);
  if (sobre.length < 8) return;
  const resposta = await fetch(`${lugar.dataset.sugestoes}?${new URLSearchParams({ q: sobre.slice(0, 300) })}`);
  if (resposta.ok) lugar.innerHTML = await resposta.text();
}

for (const campo of lugar ? [categoria, assunto, texto] : []) campo.addEventListener("change", () => sugerir().catch(() => {}));
