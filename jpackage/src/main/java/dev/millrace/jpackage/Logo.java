package dev.millrace.jpackage;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/// The mark of the console, three hexagons that lie together, as an icon of any size.
final class Logo {

  /// Sizes a desktop wants, in pixels.
  static final List<Integer> SIZES = List.of(16, 32, 48, 64, 128, 256, 512);

  private static final Color NIGHT = new Color(0x0d1b2a);
  private static final Color DUSK = new Color(0x1b3350);
  private static final Color WATER = new Color(0x2dd4bf);
  private static final Color SKY = new Color(0x58a6ff);
  private static final Color FOAM = new Color(0xe6f6ff);

  /// The icon as the system's packager wants it, written into the folder.
  Path file(Target.Os os, Path folder) throws IOException {
    return switch (os) {
      case LINUX -> write(folder.resolve("millrace.png"), png(256));
      case WINDOWS -> write(folder.resolve("millrace.ico"), ico());
      case MACOS -> write(folder.resolve("millrace.icns"), icns());
    };
  }

  private static Path write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  byte[] png(int size) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture(size), "png", bytes);
    return bytes.toByteArray();
  }

  private static BufferedImage picture(int size) {
    BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = picture.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.scale(size / 256.0, size / 256.0);
    g.setPaint(new GradientPaint(0, 0, DUSK, 0, 256, NIGHT));
    g.fill(new RoundRectangle2D.Double(8, 8, 240, 240, 56, 56));
    double radius = 46;
    double apart = radius * Math.sqrt(3) / 2 + 4;
    cell(g, 128 - apart, 152, radius, WATER);
    cell(g, 128 + apart, 152, radius, SKY);
    cell(g, 128, 152 - apart * Math.sqrt(3), radius, FOAM);
    g.dispose();
    return picture;
  }

  private static void cell(Graphics2D g, double x, double y, double radius, Color colour) {
    Path2D hexagon = new Path2D.Double();
    for (int corner = 0; corner < 6; corner++) {
      double angle = Math.toRadians(60 * corner + 30);
      double px = x + radius * Math.cos(angle);
      double py = y + radius * Math.sin(angle);
      if (corner == 0) {
        hexagon.moveTo(px, py);
      } else {
        hexagon.lineTo(px, py);
      }
    }
    hexagon.closePath();
    g.setStroke(new BasicStroke(10, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 60));
    g.fill(hexagon);
    g.setColor(colour);
    g.draw(hexagon);
  }

  /// Windows' form: a table of PNG pictures, little-endian.
  private byte[] ico() throws IOException {
    List<Integer> sizes = SIZES.stream().filter(size -> size <= 256).toList();
    ByteBuffer head = ByteBuffer.allocate(6 + 16 * sizes.size()).order(ByteOrder.LITTLE_ENDIAN);
    head.putShort((short) 0).putShort((short) 1).putShort((short) sizes.size());
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size : sizes) {
      byte[] png = png(size);
      // 256 pixels are written as 0.
      head.put((byte) size).put((byte) size).put((byte) 0).put((byte) 0);
      head.putShort((short) 1).putShort((short) 32).putInt(png.length);
      head.putInt(head.capacity() + body.size());
      body.writeBytes(png);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head.array());
    whole.writeBytes(body.toByteArray());
    return whole.toByteArray();
  }

  /// Apple's form: named PNG pictures, big-endian.
  private byte[] icns() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    picture(out, "ic07", 128);
    picture(out, "ic08", 256);
    picture(out, "ic09", 512);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    DataOutputStream file = new DataOutputStream(whole);
    file.writeBytes("icns");
    file.writeInt(8 + body.size());
    file.write(body.toByteArray());
    return whole.toByteArray();
  }

  private void picture(DataOutputStream out, String kind, int size) throws IOException {
    byte[] png = png(size);
    out.writeBytes(kind);
    out.writeInt(8 + png.length);
    out.write(png);
  }
}
