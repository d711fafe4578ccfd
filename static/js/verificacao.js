// While files are being examined, look every few seconds whether it is over; only then load the page again.
const ESPERA = 3000;
const VEZES = 40;
const MARCA = "data-em-verificacao";
let mexeu = false;
for (const tipo of ["input", "drop", "foto"]) addEventListener(tipo, () => { mexeu = true; }, true);

// What a person has begun to fill in or to send is not thrown away: then the page waits for the person.
const podeTrocar = () => !mexeu && !document.querySelector(".envio li, dialog[open]");

async function olhar(restam) {
  try {
    const resposta = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (resposta.ok && !resposta.redirected && !(await resposta.text()).includes(MARCA)) {
      if (podeTrocar()) location.reload();
      return;
    }
  } catch {
    // No line at this moment: the next look may have one.
  }
  if (restam > 0) setTimeout(olhar, ESPERA, restam - 1);
}

setTimeout(olhar, ESPERA, VEZES);
