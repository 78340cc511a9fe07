package dev.banking.api.user;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which users are there from the start.
 *
 * @param demo {@code DEMO_USER}: user 1 with 10000 on an empty database
 */
@ConfigurationProperties("banking.user")
record UserProperties(@DefaultValue("true") boolean demo) {}
