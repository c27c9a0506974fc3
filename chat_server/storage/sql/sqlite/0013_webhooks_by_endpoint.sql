-- What goes to one endpoint is listed, counted and removed without looking at the others'.
CREATE INDEX webhooks_of_endpoint ON webhook_deliveries (endpoint_id, message_id);
CREATE INDEX webhooks_unsent ON webhook_deliveries (endpoint_id, state) WHERE state <> 'sent';
