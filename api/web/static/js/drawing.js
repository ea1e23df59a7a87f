// Draws a page on a canvas as it will stand in the document: turned clockwise, then cut.

export function draw(canvas, picture, { rotation, crop }, longest) {
  const lying = rotation % 180 !== 0;
  const whole = { width: lying ? picture.naturalHeight : picture.naturalWidth, height: lying ? picture.naturalWidth : picture.naturalHeight };
  const box = crop ?? { left: 0, top: 0, right: 1, bottom: 1 };
  const width = (box.right - box.left) * whole.width;
  const height = (box.bottom - box.top) * whole.height;
  const scale = Math.min(1, longest / Math.max(width, height));
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.translate(-box.left * whole.width + whole.width / 2, -box.top * whole.height + whole.height / 2);
  pen.rotate((rotation * Math.PI) / 180);
  pen.drawImage(picture, -picture.naturalWidth / 2, -picture.naturalHeight / 2);
}

export function loaded(address) {
  return new Promise((resolve, reject) => {
    const picture = new Image();
    picture.addEventListener("load", () => resolve(picture));
    picture.addEventListener("error", () => reject(new Error(address)));
    picture.src = address;
  });
}

// The cut as it stands after the page was turned by another quarter, clockwise.
export function turnedCrop(crop) {
  return crop && { left: 1 - crop.bottom, top: crop.left, right: 1 - crop.top, bottom: crop.right };
}
