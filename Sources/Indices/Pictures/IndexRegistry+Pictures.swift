extension IndexRegistry {
    /// A picture that is kept for an index; nil if it is not.
    ///
    /// - Parameter name: an index, or an alias of one.
    /// - Throws: `IndicesError.indexNotFound`, `.blocked`, `.file`.
    public func picture(_ rendition: PictureRendition, of hash: PictureHash, in name: String) throws(IndicesError) -> [UInt8]? {
        try PictureStore(index: single(name, for: .read).record).bytes(rendition, of: hash)
    }

    /// Keeps a picture for as long as a document of the index has it, which may be written up to ten minutes later.
    ///
    /// - Throws: `IndicesError.indexNotFound`, `.blocked`, `.file`.
    public func keepPicture(
        _ bytes: [UInt8], as rendition: PictureRendition, of hash: PictureHash, in name: String
    ) throws(IndicesError) {
        try PictureStore(index: single(name, for: .write).record).keep(bytes, as: rendition, of: hash)
    }
}
