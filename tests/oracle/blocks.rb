# frozen_string_literal: true

require "cgi"

# The upstream site's own tags, in our words: each block renders its Liquid,
# then its Markdown, and emits HTML.
module Oracle
  # What every block tag shares.
  class Block < Liquid::Block
    def initialize(tag_name, markup, options)
      super
      @argument = markup.strip
    end

    def render(context)
      one_line(wrap(convert(dedent(super.to_s), context)))
    end

    private

    def convert(text, context)
      site = context.registers[:site]
      site.find_converter_instance(Jekyll::Converters::Markdown).convert(text)
    end

    # A block inside a list item carries the item's indentation, which would
    # turn its text into code. The first line may sit beside the tag itself.
    def dedent(text)
      first, rest = text.split("\n", 2)
      lines = unquote(rest.to_s.lines)
      margin = lines.reject { |line| line.strip.empty? }.map { |line| line[/\A */].size }.min || 0
      "#{first.to_s.strip}\n#{lines.map { |line| line.sub(/\A {0,#{margin}}/, "") }.join}"
    end

    # When even the line of the end tag is quoted, the whole block is, and the
    # marks belong to the quote around it.
    def unquote(lines)
      return lines unless lines.last.to_s.match?(/\A *> *\z/)

      lines.map { |line| line.sub(/\A *> ?/, "") }
    end

    # One physical line stays one HTML block at any indentation.
    def one_line(html)
      kept = html.gsub(%r{<pre\b.*?</pre>}m) { |pre| pre.gsub("\n", "&#10;") }
      kept.gsub(/\s*\n\s*/, " ").strip
    end

    def escaped(text)
      CGI.escapeHTML(text)
    end
  end

  class Alert < Block
    def wrap(html)
      %(<div class="alert alert-#{@argument.downcase}" role="alert">#{html}</div>)
    end
  end

  # `tabs` and `subtabs`: only their tabs matter, so the text between is not Markdown.
  class TabSet < Block
    def convert(text, _context)
      text
    end

    def wrap(html)
      %(<div class="#{block_name}">#{html}</div>)
    end
  end

  class Tab < Block
    def wrap(html)
      %(<div class="#{block_name}" data-title="#{escaped(@argument)}">#{html}</div>)
    end
  end

  # The title of details is Markdown too.
  class Details < Block
    def render(context)
      @summary = convert(@argument, context).gsub(%r{</?p[^>]*>}, "").strip
      super
    end

    def wrap(html)
      "<details><summary>#{@summary}</summary>#{html}</details>"
    end
  end

  # A block the site declares: a div of that class.
  class Plain < Block
    def wrap(html)
      %(<div class="#{block_name}">#{html}</div>)
    end
  end

  class ImageBuster < Liquid::Tag
    def initialize(tag_name, markup, options)
      super
      @path = markup.strip
    end

    def render(context)
      "#{context.registers[:site].config["baseurl"]}#{@path}"
    end
  end

  TAGS = {
    "alert" => Alert, "tabs" => TabSet, "subtabs" => TabSet, "tab" => Tab, "subtab" => Tab,
    "details" => Details, "api" => Plain, "apitags" => Plain, "image_buster" => ImageBuster
  }.freeze

  TAGS.each { |name, tag| Liquid::Template.register_tag(name, tag) }
end
