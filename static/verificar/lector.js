// From pixels to the text of a QR: a picture once, or the camera until something is read.
const LADOS = [1600, 1000, 2400, 640]; // px of the longer side, tried in this order
const FOTO_MS = 2500; // for each try on a picture
const CUADRO = 720; // px of the square taken from the middle of the camera
const CUADRO_MS = 60;

function pixels(source, { x, y, ancho, alto }, width, height) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = "#fff"; // under a transparent picture
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(source, x, y, ancho, alto, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

function findText(image, timeLimit) {
  try {
    return lectorQr.decodeQR(image, { effort: Infinity, timeLimit });
  } catch {
    return null; // no QR in these pixels
  }
}

// Returns the text, or null when the picture has no QR that can be read.
async function readPicture(file) {
  const bitmap = await createImageBitmap(file);
  const whole = { x: 0, y: 0, ancho: bitmap.width, alto: bitmap.height };
  for (const lado of LADOS) {
    const scale = Math.min(lado / Math.max(bitmap.width, bitmap.height), 3);
    const size = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
    await new Promise((next) => setTimeout(next)); // let the page paint
    const text = findText(pixels(bitmap, whole, ...size), FOTO_MS);
    if (text !== null) return text;
  }
  return null;
}

class Camara {
  constructor(video) {
    this.video = video;
    this.stream = null;
  }

  // Calls `tell(text)` with the first QR seen and lets the camera go.
  async start(tell) {
    const wish = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
    this.stream = await navigator.mediaDevices.getUserMedia({ video: wish, audio: false });
    this.video.srcObject = this.stream;
    await this.video.play();
    const look = () => {
      if (!this.stream) return;
      const text = this.glance();
      if (text === null) {
        requestAnimationFrame(look);
      } else {
        this.stop();
        tell(text);
      }
    };
    look();
  }

  glance() {
    const { videoWidth, videoHeight } = this.video;
    const side = Math.min(videoWidth, videoHeight);
    if (!side) return null;
    const square = { x: (videoWidth - side) / 2, y: (videoHeight - side) / 2, ancho: side, alto: side };
    return findText(pixels(this.video, square, Math.min(side, CUADRO), Math.min(side, CUADRO)), CUADRO_MS);
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.video.srcObject = null;
  }
}
