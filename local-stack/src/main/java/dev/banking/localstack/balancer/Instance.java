package dev.banking.localstack.balancer;

/**
 * One of several that do the same.
 *
 * @param number from 1 on
 * @param port of its requests
 * @param managementPort of its health
 */
public record Instance(int number, int port, int managementPort) {}
