/**
 * HAProxy in front of several instances of the API.
 *
 * <p>Promises: all requests of a user reach one instance, unless it is told otherwise in order to
 * measure that; none is ever sent twice, and an instance that is not ready gets none. Does not:
 * start the instances, or know what they are.
 */
@NullMarked
package dev.banking.localstack.balancer;

import org.jspecify.annotations.NullMarked;
