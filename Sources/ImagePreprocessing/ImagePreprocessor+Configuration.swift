internal import Files
internal import JSON

extension ImagePreprocessor {
    /// Reads a `preprocessor_config.json` in Hugging Face's layout, or the compact model's `config.json`, whose steps
    /// stand under `preprocess`.
    ///
    /// - Throws: `PreprocessorError`; a step that is not implemented is an error, not left out.
    public init(configuration file: String, decoder: ImageDecoder = ImageDecoder()) throws(PreprocessorError) {
        let bytes = try PreprocessorError.wrapping(File.contents(of: file))
        let root: JSONElement
        do {
            root = try JSONDocument(parsing: bytes).root
        } catch {
            throw .malformed(file: file, reason: "\(error)")
        }
        guard let object = root.object else { throw .malformed(file: file, reason: "not an object") }
        if let steps = object["preprocess"]?.object {
            try self.init(compact: ConfigurationFields(file: file, object: steps), decoder: decoder)
        } else {
            try self.init(huggingFace: ConfigurationFields(file: file, object: object), decoder: decoder)
        }
    }

    private init(compact fields: ConfigurationFields, decoder: ImageDecoder) throws(PreprocessorError) {
        try fields.require("alpha", "composite_over_white")
        try fields.require("resize", "whole_image_to_square")
        try fields.require("interpolation", "bicubic")
        try fields.require("channels", "RGB")
        let size = try fields.length("input_size")
        self.init(
            fit: .squeeze(PixelSize(width: size, height: size)), scale: 1, mean: try fields.channels("mean"),
            deviation: try fields.channels("std"), decoder: decoder)
    }

    private init(huggingFace fields: ConfigurationFields, decoder: ImageDecoder) throws(PreprocessorError) {
        let kind = fields.string("image_processor_type") ?? fields.string("feature_extractor_type") ?? "CLIPImageProcessor"
        let isCLIP = kind.hasPrefix("CLIP")
        guard isCLIP || kind.hasPrefix("Siglip") || kind.hasPrefix("ViT") else {
            throw fields.unsupported("image_processor_type", kind)
        }
        for step in ["do_resize", "do_rescale", "do_normalize"] where fields.flag(step) == false {
            throw fields.unsupported(step, "false")
        }
        let code = fields.object["resample"]?.int ?? ResampleFilter.bicubic.rawValue
        guard let filter = ResampleFilter(rawValue: code) else { throw fields.unsupported("resample", "\(code)") }
        let crops = fields.flag("do_center_crop") ?? isCLIP
        self.init(
            fit: try fields.fit(crop: crops), filter: filter,
            scale: fields.object["rescale_factor"]?.double ?? 1.0 / 255,
            mean: try fields.channels("image_mean"), deviation: try fields.channels("image_std"), decoder: decoder)
    }
}

/// The members of a configuration, with errors that name the file.
private struct ConfigurationFields {
    let file: String
    let object: JSONObject

    func string(_ key: String) -> String? { object[key]?.string }
    func flag(_ key: String) -> Bool? { object[key]?.bool }

    func unsupported(_ field: String, _ value: String) -> PreprocessorError {
        .unsupported(file: file, field: field, value: value)
    }

    func require(_ key: String, _ value: String) throws(PreprocessorError) {
        let found = string(key) ?? "nothing"
        guard found == value else { throw unsupported(key, found) }
    }

    func length(_ key: String) throws(PreprocessorError) -> Int {
        try length(object[key], key)
    }

    func channels(_ key: String) throws(PreprocessorError) -> [Float] {
        guard let values = object[key]?.array?.floats(), values.count == 3 else {
            throw .malformed(file: file, reason: "[\(key)] is not a list of three numbers")
        }
        return values
    }

    func fit(crop crops: Bool) throws(PreprocessorError) -> ImagePreprocessor.Fit {
        let part = crops ? try size("crop_size") : nil
        if let edge = object["size"]?.int ?? object["size"]?.object?["shortest_edge"]?.int {
            guard let part else { throw unsupported("do_center_crop", "false") }
            let shortest = try length(edge, "size")
            guard max(part.width, part.height) <= shortest else {
                throw unsupported("crop_size", "\(part.width)×\(part.height)")
            }
            return .crop(shortestEdge: shortest, to: part)
        }
        let whole = try size("size")
        if let part, part != whole { throw unsupported("crop_size", "\(part.width)×\(part.height)") }
        return .squeeze(whole)
    }

    private func size(_ key: String) throws(PreprocessorError) -> PixelSize {
        if object[key]?.kind == .integer {
            let side = try length(key)
            return PixelSize(width: side, height: side)
        }
        let sides = object[key]?.object
        return PixelSize(
            width: try length(sides?["width"], "\(key).width"), height: try length(sides?["height"], "\(key).height"))
    }

    private func length(_ element: JSONElement?, _ key: String) throws(PreprocessorError) -> Int {
        guard let value = element?.int else { throw .malformed(file: file, reason: "[\(key)] is not a whole number") }
        return try length(value, key)
    }

    private func length(_ value: Int, _ key: String) throws(PreprocessorError) -> Int {
        guard (1...4096).contains(value) else { throw unsupported(key, "\(value)") }
        return value
    }
}
