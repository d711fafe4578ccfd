// The camera with live preview, for fields of files. Without a camera, or when it is denied, the field itself is there.

const MOLDE = `<dialog class="camera" aria-label="Câmera">
  <video autoplay playsinline muted></video>
  <p role="status"></p>
  <div class="acoes">
    <button class="botao" type="button" value="tirar" disabled>Tirar a foto</button>
    <button class="botao botao-secundario" type="button" value="fechar">Cancelar</button>
  </div>
</dialog>`;
const ERROS = {
  NotAllowedError: "O navegador não deixou usar a câmera. Permita o uso nas configurações, ou escolha um arquivo.",
  NotFoundError: "Este aparelho não tem câmera. Escolha um arquivo.",
};

async function abrir(entrada, botao) {
  const dialogo = document.createRange().createContextualFragment(MOLDE).firstChild;
  const video = dialogo.querySelector("video");
  const aviso = dialogo.querySelector("[role=status]");
  const tirar = dialogo.querySelector("[value=tirar]");
  let imagens;
  botao.after(dialogo);
  dialogo.addEventListener("close", () => {
    imagens?.getTracks().forEach((faixa) => faixa.stop());
    imagens = null;
    dialogo.remove();
    botao.focus();
  });
  dialogo.querySelector("[value=fechar]").addEventListener("click", () => dialogo.close());
  tirar.addEventListener("click", () => {
    const tela = Object.assign(document.createElement("canvas"), { width: video.videoWidth, height: video.videoHeight });
    tela.getContext("2d").drawImage(video, 0, 0);
    tela.toBlob((bytes) => {
      const nome = `foto-${new Date().toTimeString().slice(0, 8).replaceAll(":", "-")}.jpg`;
      entrada.dispatchEvent(new CustomEvent("foto", { detail: new File([bytes], nome, { type: "image/jpeg" }) }));
      dialogo.close();
    }, "image/jpeg", 0.9);
  });
  dialogo.showModal();
  try {
    const lado = { facingMode: entrada.dataset.camera, width: { ideal: 2560 }, height: { ideal: 1920 } };
    imagens = await navigator.mediaDevices.getUserMedia({ video: lado });
    if (!dialogo.open) return imagens.getTracks().forEach((faixa) => faixa.stop());
    video.srcObject = imagens;
    await video.play();
    tirar.disabled = false;
    tirar.focus();
    aviso.textContent = "Enquadre bem, com luz, e tire a foto.";
  } catch (erro) {
    aviso.textContent = ERROS[erro.name] ?? "A câmera não respondeu. Escolha um arquivo.";
  }
}

for (const entrada of document.querySelectorAll("input[type=file][data-camera]")) {
  if (!navigator.mediaDevices?.getUserMedia) continue;
  const botao = Object.assign(document.createElement("button"), { type: "button", textContent: "Usar a câmera" });
  botao.addEventListener("click", () => abrir(entrada, botao));
  entrada.after(botao);
}
