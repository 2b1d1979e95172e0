package dev.millrace.embedded.redshift;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// One side of a conversation in PostgreSQL's protocol, version 3: frames of a type and a body. For
/// one thread.
final class Frames {

  private static final int BUFFER = 1 << 16;
  private static final int LONGEST = 1 << 30;

  private final DataInputStream in;
  private final DataOutputStream out;

  Frames(Socket socket) throws IOException {
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
  }

  /// A frame with a type.
  record Frame(char type, byte[] body) {

    /// The text of a body from a place on, up to the next NUL.
    String text(int from) {
      int end = from;
      while (body[end] != 0) {
        end++;
      }
      return new String(body, from, end - from, StandardCharsets.UTF_8);
    }

    int number(int from) {
      return (body[from] & 0xff) << 24
          | (body[from + 1] & 0xff) << 16
          | (body[from + 2] & 0xff) << 8
          | (body[from + 3] & 0xff);
    }
  }

  Frame read() throws IOException {
    char type = (char) in.readUnsignedByte();
    return new Frame(type, body());
  }

  /// The body of a frame without a type, as at the start of a connection.
  byte[] body() throws IOException {
    int length = in.readInt() - Integer.BYTES;
    if (length < 0 || length > LONGEST) {
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] body = new byte[length];
    in.readFully(body);
    return body;
  }

  void write(Frame frame) throws IOException {
    write(frame.type(), frame.body());
  }

  void write(char type, byte[] body) throws IOException {
    write(type, body, body.length);
  }

  void write(char type, byte[] body, int length) throws IOException {
    out.writeByte(type);
    out.writeInt(length + Integer.BYTES);
    out.write(body, 0, length);
  }

  /// A frame without a type.
  void writeBody(byte[] body) throws IOException {
    out.writeInt(body.length + Integer.BYTES);
    out.write(body);
  }

  void writeByte(char value) throws IOException {
    out.writeByte(value);
  }

  void flush() throws IOException {
    out.flush();
  }

  /// Texts, each with a NUL at its end.
  static byte[] texts(String... texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String text : texts) {
      bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      bytes.write(0);
    }
    return bytes.toByteArray();
  }

  static byte[] number(int value) {
    return new byte[] {
      (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
    };
  }

  /// An error as a client reads it.
  static byte[] error(RedshiftRefusal refusal) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(texts("SERROR", "VERROR", "C" + refusal.state(), "M" + refusal.text()));
    if (!refusal.detail().isEmpty()) {
      bytes.writeBytes(texts("D" + refusal.detail()));
    }
    bytes.write(0);
    return bytes.toByteArray();
  }
}
