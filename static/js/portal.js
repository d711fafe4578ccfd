// Comforts that no journey needs: masks, one submit per click, and the size of the chosen files.

const MASCARAS = {
  cpf: { vale: /^\d{11}$/, partes: /(.{3})(.{3})(.{3})(.{2})/, molde: "$1.$2.$3-$4" },
  cnpj: { vale: /^[0-9A-Z]{12}\d{2}$/, partes: /(.{2})(.{3})(.{3})(.{4})(.{2})/, molde: "$1.$2.$3/$4-$5" },
  cep: { vale: /^\d{8}$/, partes: /(.{5})(.{3})/, molde: "$1-$2" },
};
const LIMITE_BYTES = 20 * 1024 * 1024;
const ESPERA_MS = 5000;

function formatar(campo) {
  const mascara = MASCARAS[campo.dataset.mascara];
  const limpo = campo.value.toUpperCase().replace(/[^0-9A-Z]/g, "");
  if (mascara?.vale.test(limpo)) campo.value = limpo.replace(mascara.partes, mascara.molde);
}

function tamanho(bytes) {
  const mega = bytes / 1024 / 1024;
  const numero = mega >= 1 ? mega : Math.max(1, Math.round(bytes / 1024));
  return `${numero.toLocaleString("pt-BR", { maximumFractionDigits: 1 })} ${mega >= 1 ? "MB" : "KB"}`;
}

function mostrarArquivos(campo) {
  campo.parentElement.querySelector(".arquivos-escolhidos")?.remove();
  const lista = document.createElement("ul");
  lista.className = "arquivos-escolhidos";
  lista.setAttribute("role", "status");
  for (const arquivo of campo.files) {
    const linha = document.createElement("li");
    linha.textContent = `${arquivo.name} (${tamanho(arquivo.size)})`;
    if (arquivo.size > LIMITE_BYTES) {
      linha.className = "arquivo-grande";
      linha.textContent += ": passa de 20 MB. Escolha um arquivo menor.";
    }
    lista.append(linha);
  }
  campo.after(lista);
}

for (const campo of document.querySelectorAll("[data-mascara]")) {
  formatar(campo);
  campo.addEventListener("blur", () => formatar(campo));
}
for (const campo of document.querySelectorAll("input[type=file]:not([data-transferir])")) {
  campo.addEventListener("change", () => mostrarArquivos(campo));
}
// The page of a mailed link tells that somebody is there: a program that only follows links touches nothing.
for (const formulario of document.querySelectorAll("form[data-aberta]")) {
  const uma = new AbortController();
  const contar = () => {
    uma.abort();
    const corpo = new URLSearchParams({ csrfmiddlewaretoken: formulario.elements.csrfmiddlewaretoken.value });
    fetch(formulario.dataset.aberta, { method: "POST", body: corpo, keepalive: true }).catch(() => {});
  };
  for (const gesto of ["pointerdown", "keydown"]) document.addEventListener(gesto, contar, { signal: uma.signal });
}
const enviados = new WeakMap();
document.addEventListener("submit", (evento) => {
  const formulario = evento.target;
  if (formulario.method !== "post") return;
  const agora = Date.now();
  if (agora - (enviados.get(formulario) ?? -ESPERA_MS) < ESPERA_MS) evento.preventDefault();
  else enviados.set(formulario, agora);
});
