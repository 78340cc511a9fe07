package dev.banking.localstack;

import java.util.List;

/**
 * What tells one node from another.
 *
 * @param name Erlang's name of it; the host is localhost
 * @param epmdPort of the port mapper that it shares with others; 0 if it starts one of its own
 * @param cookie that lets other nodes in; empty if it makes one of its own
 * @param peers the nodes of the cluster that it joins at its first start, itself among them; empty
 *     if it begins one
 */
record RabbitMqNode(String name, int epmdPort, String cookie, List<String> peers) {

  RabbitMqNode {
    peers = List.copyOf(peers);
  }

  /** Shares nothing with anybody. */
  static RabbitMqNode alone() {
    return new RabbitMqNode("banking@localhost", 0, "", List.of());
  }

  boolean hasOwnEpmd() {
    return epmdPort == 0;
  }

  /** The lines of its configuration that nodes alone have not. */
  String configuration() {
    if (peers.isEmpty()) {
      return "";
    }
    var lines = new StringBuilder("cluster_formation.peer_discovery_backend = classic_config\n");
    for (var i = 0; i < peers.size(); i++) {
      lines
          .append("cluster_formation.classic_config.nodes.")
          .append(i + 1)
          .append(" = ")
          .append(peers.get(i))
          .append('\n');
    }
    return lines.toString();
  }

  /** Without the cookie. */
  @Override
  public String toString() {
    return name;
  }
}
