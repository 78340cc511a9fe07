package dev.banking.loadtests.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of the loopback address that nobody has. */
final class FreePorts {

  private FreePorts() {}

  /** So many different ones; free at this moment. */
  static List<Integer> choose(int howMany) {
    var sockets = new ArrayList<ServerSocket>();
    try {
      while (sockets.size() < howMany) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      var ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
      for (var socket : sockets) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }
}
