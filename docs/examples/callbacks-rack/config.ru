# frozen_string_literal: true

require "digest"
require "json"
require "rack"
require "time"

# Answers EventEngine Cloud. `outbox` finds a row by its id; in Rails that is OutboxEvent.find_by(id: id).
class CloudCallbacks
  ADDRESS = %r{\A/cloud_api/events/(.+?)(/retry)?\z}

  def initialize(outbox, keys)
    @outbox = outbox
    @keys = keys.map { |key| Digest::SHA256.digest("Bearer #{key}") }
  end

  def call(env)
    return answer(401) unless cloud?(env)

    _, id, retried = *ADDRESS.match(env["PATH_INFO"])
    row = id && @outbox[Rack::Utils.unescape_path(id)]
    return answer(404) unless row

    case [env["REQUEST_METHOD"], retried]
    when ["GET", nil] then answer(200, id: row[:id], event_name: row[:event_name], payload: row[:payload])
    when ["POST", "/retry"] then retry_event(row)
    else answer(405)
    end
  end

  private

  # In SQL: update outbox set attempts = 0, dead_lettered_at = null where id = ? and published_at is null
  def retry_event(row)
    if row[:published_at]
      return answer(409, error: "published", message: "It was published at #{row[:published_at].strftime('%H:%M')} UTC.")
    end

    row.update(attempts: 0, dead_lettered_at: nil) # the publisher finds it again; a second time changes nothing
    answer(202)
  end

  # Digests have one length, so comparing them tells nothing of the key.
  def cloud?(env)
    sent = Digest::SHA256.digest(env["HTTP_AUTHORIZATION"].to_s)
    @keys.map { |key| Rack::Utils.secure_compare(key, sent) }.any?
  end

  def answer(status, body = nil)
    [status, { "content-type" => "application/json" }, [body ? JSON.generate(body) : ""]]
  end
end

# In the place of your outbox table.
outbox = {
  "42" => { id: 42, event_name: "order.placed", payload: { order: 7, total: "19.90" }, attempts: 5, dead_lettered_at: Time.now },
  "43" => { id: 43, event_name: "order.placed", payload: { order: 8, total: "4.50" }, attempts: 1, published_at: Time.utc(2026, 11, 20, 10, 42) }
}

# The callback address of this app is https://…/event_engine. While a key is rotated there are two: EVENT_ENGINE_CLOUD_KEYS=new,old
map "/event_engine" do
  run CloudCallbacks.new(outbox, ENV.fetch("EVENT_ENGINE_CLOUD_KEYS").split(","))
end
