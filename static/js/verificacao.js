// While files are being examined, look every few seconds whether it is over; only then load the page again.
const ESPERA = 3000;
const VEZES = 40;
const MARCA = "data-em-verificacao";

async function olhar(restam) {
  try {
    const resposta = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (resposta.ok && !resposta.redirected && !(await resposta.text()).includes(MARCA)) {
      location.reload();
      return;
    }
  } catch {
    // No line at this moment: the next look may have one.
  }
  if (restam > 0) setTimeout(olhar, ESPERA, restam - 1);
}

setTimeout(olhar, ESPERA, VEZES);
