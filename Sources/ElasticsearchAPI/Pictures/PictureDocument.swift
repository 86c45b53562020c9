public import JSON

/// A picture's document: the fields of Elastic's image-search article, and what else is known of the picture.
public enum PictureDocument {
    /// The name of the field that holds the picture's vector.
    public static let vectorField = "image_embedding"
    /// The field that holds the SHA-256 of the picture's bytes, by which its thumbnail is found.
    public static let hashField = "image_hash"
    /// The field that holds the picture's path below one of the folders of `path.pictures`.
    public static let pathField = "relative_path"

    /// The mapping of an index of pictures.
    ///
    /// - Parameters:
    ///   - dimensions: of the vectors.
    ///   - model: the id of the model that makes them; kept in `_meta`, where those who search find it.
    public static func mapping(dimensions: Int, model: String, field: String = vectorField) -> JSONValue {
        [
            "_meta": ["clipsearch": ["model": .string(model)]],
            "properties": [
                "image_id": ["type": "keyword"],
                "image_name": ["type": "keyword"],
                "relative_path": ["type": "keyword"],
                .init(field): [
                    "type": "dense_vector", "dims": .int(dimensions), "index": true, "similarity": "cosine",
                    "index_options": ["type": "hnsw", "m": 16, "ef_construction": 100],
                ],
                "image_hash": ["type": "keyword"],
                "content_hash": ["type": "keyword"],
                "width": ["type": "integer"],
                "height": ["type": "integer"],
                "format": ["type": "keyword"],
                "file_size": ["type": "long"],
                "file_modified": ["type": "date"],
                "folder_id": ["type": "keyword", "doc_values": false],
                "caption": ["type": "text", "fields": ["keyword": ["type": "keyword", "ignore_above": 256]]],
                "keywords": ["type": "keyword"],
                "author": ["type": "keyword"],
            ],
        ]
    }

    /// The model that an index's mapping names.
    public static func model(meta: JSONValue?) -> String? { meta?["clipsearch"]?["model"]?.string }
}
