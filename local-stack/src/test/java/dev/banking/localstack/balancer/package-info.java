@org.jspecify.annotations.NullMarked
package dev.banking.localstack.balancer;
