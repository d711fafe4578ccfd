// While a request for help is written: the pages of the manual that may answer it.

const lugar = document.querySelector("[data-sugestoes]");
const campos = lugar && [lugar.closest("form").elements.assunto, lugar.closest("form").elements.texto];

async function sugerir() {
  const texto = campos.map((campo) => campo.value).join(" ").trim();
  if (texto.length < 8) return;
  const resposta = await fetch(`${lugar.dataset.sugestoes}?${new URLSearchParams({ q: texto.slice(0, 300) })}`);
  if (resposta.ok) lugar.innerHTML = await resposta.text();
}

for (const campo of campos ?? []) campo.addEventListener("change", () => sugerir().catch(() => {}));
