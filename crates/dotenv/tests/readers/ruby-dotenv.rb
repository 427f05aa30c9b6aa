# What dotenv sees in each text of a JSON array. No command of a text is run.

require "json"
require "tempfile"
require "dotenv"

Dotenv::Substitutions::Command.define_singleton_method(:`) { |_command| "ran" }

sights = JSON.parse($stdin.read).map do |text|
  Tempfile.create("read.env") do |file|
    file.write(text)
    file.close
    # Version 2.4 has no `parse`.
    { values: Dotenv.respond_to?(:parse) ? Dotenv.parse(file.path) : Dotenv::Environment.new(file.path, true) }
  rescue Dotenv::FormatError => error
    { error: error.message }
  end
end
puts JSON.generate(sights)
