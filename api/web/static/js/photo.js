// Photographs are made smaller here, before they travel: a telephone takes ten times what is needed.

const LONGEST = 3200; // dots: an A4 sheet at more than 250 dots an inch
const LIGHT = 1_500_000;
const QUALITY = 0.82;
const SHRINKABLE = /^image\/(jpeg|png|webp|heic|heif|avif)$/;

// The photograph as a JPEG that is large enough to be read; any other file as it is.
export async function shrunk(file) {
  if (!SHRINKABLE.test(file.type)) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) return file;
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  if (scale === 1 && file.type === "image/jpeg" && file.size <= LIGHT) return file;
  const blob = await jpeg(picture, scale);
  picture.close();
  return blob ? new File([blob], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" }) : file;
}

function jpeg(picture, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", QUALITY); });
}
