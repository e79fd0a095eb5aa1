# frozen_string_literal: true

# Renders every golden input with real Jekyll and prints {name: html} as JSON.
# Usage: ruby render.rb FOLDER

require "jekyll"
require "json"
require "yaml"
require_relative "blocks"

module Oracle
  module_function

  # Jekyll as a writer has it out of the box, save that faults must show.
  def site(folder, variables)
    config = Jekyll.configuration(
      variables.merge(
        "source" => folder, "destination" => "/nonexistent", "disable_disk_cache" => true,
        "quiet" => true, "config" => [], "liquid" => { "error_mode" => "strict" }
      )
    )
    Jekyll::Site.new(config).tap { |made| made.data = Jekyll::DataReader.new(made).read("_data") }
  end

  def render(site, folder, name)
    page = Jekyll::Page.new(site, folder, "", name)
    # Outside the site's own cycle no layout exists; the page alone is wanted.
    Jekyll::Renderer.new(site, page, site.site_payload).run
  rescue Liquid::Error
    exit 1 # Jekyll has said what and where.
  end

  def run(folder)
    variables = YAML.safe_load(File.read(File.join(folder, "_site.yml")))
    sites = variables.transform_values { |values| site(folder, values) }
    Dir.children(folder).grep(/\.md\z/).sort.to_h do |name|
      language = name[/\.(\w+)\.md\z/, 1]
      [name.delete_suffix(".md"), render(sites.fetch(language), folder, name)]
    end
  end
end

Encoding.default_external = Encoding::UTF_8
puts JSON.generate(Oracle.run(File.expand_path(ARGV.fetch(0))))
