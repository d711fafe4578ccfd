// Files are sent ahead, one after another, while the form is filled in: dropped or chosen, photos reduced, in an order
// that can change, with a bar, and from where it stopped after a broken line (tus 1.0). Without this module the plain
// input does the same job.

const PEDACO = { menor: 128 * 1024, maior: 20 * 1024 * 1024 }; // all at once, unless the line breaks
const LADO_MAXIMO = 2500; // pixels: A4 at more than 200 dpi stays legible
const FOTO_LEVE = 1024 * 1024;
const ESPERA_MS = { primeira: 1000, maior: 30000 };
const SEM_ANDAR_MS = 60000;
const UM_DIA_MS = 24 * 60 * 60 * 1000;
const CABECALHO = { "Tus-Resumable": "1.0.0" };
class Recusado extends Error {}

const dormir = (ms) =>
  new Promise((pronto) => {
    const fim = setTimeout(pronto, ms);
    addEventListener("online", () => { clearTimeout(fim); pronto(); }, { once: true });
  });

function tamanho(bytes) {
  const mega = bytes / 1024 / 1024;
  const numero = mega >= 1 ? mega : Math.max(1, Math.round(bytes / 1024));
  return `${numero.toLocaleString("pt-BR", { maximumFractionDigits: 1 })} ${mega >= 1 ? "MB" : "KB"}`;
}

// Straightened and reduced on the device, which also leaves the place where it was taken behind. What the browser
// cannot open goes as it is.
async function reduzir(arquivo) {
  if (!arquivo.type.startsWith("image/") && !/\.hei[cf]$/i.test(arquivo.name)) return arquivo;
  try {
    const imagem = await createImageBitmap(arquivo, { imageOrientation: "from-image" });
    const escala = Math.min(1, LADO_MAXIMO / Math.max(imagem.width, imagem.height));
    const aceita = ["image/jpeg", "image/png"].includes(arquivo.type);
    if (aceita && escala === 1 && arquivo.size <= FOTO_LEVE) return arquivo;
    const tela = document.createElement("canvas");
    [tela.width, tela.height] = [Math.round(imagem.width * escala), Math.round(imagem.height * escala)];
    const desenho = tela.getContext("2d");
    desenho.fillStyle = "white"; // what is transparent would come out black
    desenho.fillRect(0, 0, tela.width, tela.height);
    desenho.drawImage(imagem, 0, 0, tela.width, tela.height);
    imagem.close();
    const menor = await new Promise((pronto) => tela.toBlob(pronto, "image/jpeg", 0.85));
    if (!menor || (aceita && menor.size >= arquivo.size)) return arquivo;
    return new File([menor], arquivo.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
  } catch {
    return arquivo;
  }
}

// One request. Network errors and faults of the server throw Error: try again. Recusado: trying again does not help.
function pedir(metodo, endereco, cabecalhos, corpo, item) {
  return new Promise((pronto, falhou) => {
    const pedido = new XMLHttpRequest();
    pedido.open(metodo, endereco);
    for (const [nome, valor] of Object.entries({ ...CABECALHO, ...cabecalhos })) pedido.setRequestHeader(nome, valor);
    const inicio = performance.now();
    pedido.upload.onprogress = (evento) => {
      item?.mostrar(evento.loaded);
      pedido.timeout = performance.now() - inicio + SEM_ANDAR_MS; // counted from the beginning
    };
    pedido.timeout = SEM_ANDAR_MS;
    pedido.ontimeout = pedido.onerror = pedido.onabort = () => falhou(new Error());
    pedido.onload = () => {
      if (pedido.status < 300) return pronto(pedido);
      const texto = pedido.getResponseHeader("Content-Type")?.startsWith("text/plain") && pedido.responseText;
      const definitivo = pedido.status < 500 && ![404, 408, 409, 423, 429].includes(pedido.status);
      falhou(Object.assign(definitivo ? new Recusado(texto || "O portal não aceitou o arquivo. Atualize a página e tente de novo.") : new Error(), { sumiu: pedido.status === 404 }));
    };
    if (item) item.pedido = pedido;
    pedido.send(corpo);
  });
}

class Item {
  constructor(campo, arquivo) {
    this.campo = campo;
    this.arquivo = arquivo;
    this.nome = arquivo.name;
    this.linha = document.createElement("li");
    this.oculto = Object.assign(document.createElement("input"), { type: "hidden", name: `${campo.entrada.name}-enviado` });
    this.texto = document.createElement("span");
    this.barra = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    this.barra.setAttribute("aria-label", `Envio de ${this.nome}`);
    this.linha.append(this.texto, this.barra);
    this.dizer(`${this.nome} (${tamanho(arquivo.size)})`);
  }

  static recebido(campo, linha) {
    const item = Object.assign(Object.create(Item.prototype), { campo, linha, nome: linha.dataset.nome, pronto: true });
    item.oculto = linha.querySelector("input");
    item.texto = document.createElement("span");
    item.texto.textContent = linha.textContent.trim();
    linha.replaceChildren(item.oculto, item.texto);
    return item;
  }

  dizer(texto) {
    this.texto.textContent = texto;
  }

  mostrar(bytes) {
    this.barra.value = (this.deslocamento + bytes) / this.arquivo.size;
  }

  // What this browser remembers of a file it began to send: no name, so that nobody reads it on a shared machine.
  get lembranca() {
    return `envio:${this.original.size}-${this.original.lastModified}`;
  }

  async enviar() {
    this.original = this.arquivo;
    this.arquivo = await reduzir(this.arquivo);
    this.nome = this.arquivo.name;
    let espera = ESPERA_MS.primeira;
    let pedaco = PEDACO.maior; // of one that breaks the server keeps what arrived
    this.deslocamento = -1;
    while (!this.tirado && this.deslocamento !== this.arquivo.size) {
      try {
        if (this.deslocamento < 0) await this.localizar();
        await this.mandar(pedaco);
        pedaco = Math.min(pedaco * 2, PEDACO.maior);
        espera = ESPERA_MS.primeira;
      } catch (erro) {
        if (this.tirado) return;
        if (erro instanceof Recusado) throw erro;
        this.dizer(`${this.nome}: a conexão caiu. Tentando de novo; pode continuar preenchendo.`);
        if (erro.sumiu) this.esquecer();
        await dormir(espera);
        espera = Math.min(espera * 2, ESPERA_MS.maior);
        pedaco = PEDACO.menor;
        this.deslocamento = -1;
      }
    }
    if (this.tirado) return;
    localStorage.removeItem(this.lembranca);
    this.oculto.value = this.endereco.split("/").at(-2);
    this.linha.prepend(this.oculto);
    this.barra.remove();
    this.pronto = true;
    this.dizer(`${this.nome} (${tamanho(this.arquivo.size)}), recebido`);
  }

  // Where the next byte goes: of the transfer under way, of one left by a closed tab, or of a new one.
  async localizar() {
    const [endereco, quando] = (localStorage.getItem(this.lembranca) ?? "").split(" ");
    if (!this.endereco && endereco && Date.now() - quando < UM_DIA_MS) this.endereco = endereco;
    if (this.endereco) {
      const resposta = await pedir("HEAD", this.endereco, {});
      const total = Number(resposta.getResponseHeader("Upload-Length"));
      if (total === this.arquivo.size) return this.continuar(Number(resposta.getResponseHeader("Upload-Offset")));
    }
    const nome = btoa(String.fromCharCode(...new TextEncoder().encode(this.nome)));
    const cabecalhos = { ...this.campo.csrf, "Upload-Length": this.arquivo.size, "Upload-Metadata": `filename ${nome}` };
    const resposta = await pedir("POST", this.campo.entrada.dataset.transferir, cabecalhos);
    this.endereco = resposta.getResponseHeader("Location");
    if (!this.endereco) throw new Recusado("Sua sessão terminou. Entre de novo e escolha o arquivo outra vez.");
    localStorage.setItem(this.lembranca, `${this.endereco} ${Date.now()}`);
    return this.continuar(0);
  }

  continuar(deslocamento) {
    this.deslocamento = deslocamento;
    this.dizer(`${this.nome} (${tamanho(this.arquivo.size)})`);
    this.mostrar(0);
  }

  async mandar(pedaco) {
    if (this.deslocamento === this.arquivo.size) return;
    const corpo = this.arquivo.slice(this.deslocamento, this.deslocamento + pedaco);
    const cabecalhos = { ...this.campo.csrf, "Content-Type": "application/offset+octet-stream", "Upload-Offset": this.deslocamento };
    const resposta = await pedir("PATCH", this.endereco, cabecalhos, corpo, this);
    this.deslocamento = Number(resposta.getResponseHeader("Upload-Offset"));
  }

  esquecer() {
    localStorage.removeItem(this.lembranca);
    this.endereco = undefined;
  }

  tirar() {
    this.tirado = true;
    this.pedido?.abort();
    if (this.endereco) {
      pedir("DELETE", this.endereco, this.campo.csrf).catch(() => {});
      this.esquecer();
    }
    this.linha.remove();
  }
}

class Campo {
  constructor(entrada) {
    this.entrada = entrada;
    this.caixa = entrada.closest(".envio");
    this.lista = this.caixa.querySelector("ol");
    this.formulario = entrada.form;
    this.csrf = { "X-CSRFToken": this.formulario.elements.csrfmiddlewaretoken.value };
    this.maximo = Number(entrada.dataset.maximo);
    this.fila = Promise.resolve();
    this.aviso = document.createElement("p");
    this.aviso.className = "so-leitor";
    this.aviso.setAttribute("role", "status");
    this.caixa.append(this.aviso);
    this.caixa.classList.add("envio-ligado");
    const dica = Object.assign(document.createElement("p"), { className: "envio-dica", textContent: "ou arraste para cá" });
    this.entrada.after(dica);
    this.itens = [...this.lista.children].map((linha) => Item.recebido(this, linha));
    this.desenhar();
    this.ouvir();
  }

  ouvir() {
    this.entrada.addEventListener("change", () => {
      this.receber([...this.entrada.files]);
      this.entrada.value = ""; // they go ahead; sent again with the form they would count twice
    });
    this.entrada.addEventListener("foto", (evento) => this.receber([evento.detail]));
    for (const tipo of ["dragover", "dragleave", "drop"]) {
      this.caixa.addEventListener(tipo, (evento) => {
        evento.preventDefault();
        this.caixa.classList.toggle("envio-alvo", tipo === "dragover");
        if (tipo === "drop") this.receber([...evento.dataTransfer.files]);
      });
    }
    this.formulario.addEventListener("submit", (evento) => this.esperar(evento));
  }

  receber(arquivos) {
    if (!arquivos.length) return; // a text or a link may be dropped too
    if (this.maximo === 1) for (const item of this.itens.splice(0)) item.tirar();
    const cabem = arquivos.slice(0, this.maximo - this.itens.length);
    for (const arquivo of cabem) {
      const item = new Item(this, arquivo);
      this.itens.push(item);
      this.fila = this.fila.then(() => this.enviar(item));
    }
    this.desenhar();
    if (cabem.length < arquivos.length) this.dizer(`Cabem ${this.maximo} arquivos. Os demais não foram incluídos.`, true);
  }

  async enviar(item) {
    if (item.tirado) return;
    this.dizer(`Enviando ${item.nome}.`);
    try {
      await item.enviar();
      if (!item.tirado) this.dizer(`${item.nome} recebido.`);
    } catch (erro) {
      item.falhou = true;
      item.barra.remove();
      item.linha.className = "arquivo-grande";
      item.dizer(`${item.nome}: ${erro instanceof Recusado ? erro.message : "não foi possível ler o arquivo. Escolha-o de novo."}`);
      this.dizer(item.texto.textContent);
    }
    this.desenhar();
  }

  // Sent before the files have arrived, the form goes by itself when they have. It does not go while the list has one
  // that failed: no document leaves without a page that the person chose.
  async esperar(evento) {
    if (this.itens.every((item) => item.pronto)) return;
    evento.preventDefault();
    evento.stopImmediatePropagation();
    if (this.itens.every((item) => item.pronto || item.falhou)) {
      this.dizer("Um dos arquivos não foi recebido. Retire-o da lista, escolha outro no lugar dele e envie.", true);
      return;
    }
    if (this.esperando) return;
    this.esperando = true;
    this.dizer("Falta chegar uma parte dos arquivos. O formulário segue sozinho quando chegarem.", true);
    while (this.itens.some((item) => !item.pronto && !item.falhou)) await this.fila;
    this.esperando = false;
    this.dizer("");
    this.formulario.requestSubmit(evento.submitter);
  }

  dizer(texto, visivel = false) {
    this.aviso.className = visivel ? "" : "so-leitor";
    this.aviso.textContent = texto;
  }

  mover(item, passo, botao) {
    const de = this.itens.indexOf(item);
    this.itens.splice(de, 1);
    this.itens.splice(de + passo, 0, item);
    this.desenhar();
    const botoes = [...item.linha.querySelectorAll("button:not(:disabled)")];
    (botoes.find((b) => b.textContent === botao.textContent) ?? botoes[0]).focus();
    this.dizer(`${item.nome} é agora o ${de + passo + 1}º de ${this.itens.length}.`);
  }

  tirar(item) {
    item.tirar();
    this.itens = this.itens.filter((outro) => outro !== item);
    this.desenhar();
    this.entrada.focus();
    this.dizer(`${item.nome} retirado.`);
  }

  desenhar() {
    this.itens.forEach((item, posicao) => {
      item.linha.querySelector(".envio-botoes")?.remove();
      const botoes = document.createElement("span");
      botoes.className = "envio-botoes";
      if (this.itens.length > 1) {
        botoes.append(this.botao("Subir", item, (b) => this.mover(item, -1, b), posicao === 0));
        botoes.append(this.botao("Descer", item, (b) => this.mover(item, 1, b), posicao === this.itens.length - 1));
      }
      botoes.append(this.botao("Retirar", item, () => this.tirar(item), false));
      item.linha.append(botoes);
      if (this.lista.children[posicao] !== item.linha) this.lista.insertBefore(item.linha, this.lista.children[posicao]);
    });
  }

  botao(texto, item, fazer, desligado) {
    const botao = Object.assign(document.createElement("button"), { type: "button", textContent: texto, disabled: desligado });
    botao.setAttribute("aria-label", `${texto} ${item.nome}`);
    botao.addEventListener("click", () => fazer(botao));
    return botao;
  }
}

for (const entrada of document.querySelectorAll("input[type=file][data-transferir]")) new Campo(entrada);
