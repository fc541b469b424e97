-- Runs that another room has made are found by what made them, whatever experiment they are in.
CREATE INDEX tracking_tags_origin ON tracking_tags (substr(value, 1, 100), run_key) WHERE name = 'slipway.origin';
