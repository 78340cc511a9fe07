-- Which events are in the book, and where: an event that is delivered again is known by its id.
-- The ids are UUIDv7, so that the index grows at its end.
CREATE TABLE recorded_event
(
    event_id uuid   NOT NULL,
    position bigint NOT NULL,
    CONSTRAINT recorded_event_pkey PRIMARY KEY (event_id)
);
