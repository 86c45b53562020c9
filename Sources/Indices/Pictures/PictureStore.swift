internal import Files
internal import Foundation

/// The pictures that the node keeps for one index, in the index's own folder: they go when it goes, and before that when no
/// document has them (`PictureSweep`).
///
/// Files are named by the hash of the picture, so that writing one twice does no harm; it makes the file young again.
struct PictureStore {
    /// The folder, of which nothing need be there.
    let path: String

    init(index record: IndexRecord) {
        path = record.path + "/pictures"
    }

    /// - Returns: nil if it is not kept.
    func bytes(_ rendition: PictureRendition, of hash: PictureHash) throws(IndicesError) -> [UInt8]? {
        do {
            return try File.contents(of: file(rendition, hash))
        } catch where error.isMissing {
            return nil
        } catch {
            throw .file(error)
        }
    }

    /// Keeps a picture. An original survives a loss of power; a thumbnail may be lost, and is made again.
    func keep(_ bytes: [UInt8], as rendition: PictureRendition, of hash: PictureHash) throws(IndicesError) {
        let path = file(rendition, hash)
        try IndicesError.wrapping { () throws(FileError) in
            // An index that is being deleted does not come back for it.
            try Directory.create(Path.parent(of: path), below: Path.parent(of: self.path))
            // Of its own, since two requests may bring the same picture.
            let new = "\(path).\(UUID().uuidString).new"
            let file = try File(new, .replace)
            do throws(FileError) {
                try file.write(bytes, at: 0)
                guard rendition == .original else { return try Path.rename(new, to: path) }
                try file.synchronize()
                try Path.move(new, to: path)
            } catch {
                try? Path.remove(new)
                throw error
            }
        }
    }

    /// Gives another index the pictures that are kept: under second names, since none is ever changed.
    ///
    /// - Parameter folder: that index's.
    func link(into folder: String) throws(IndicesError) {
        try IndicesError.wrapping { () throws(FileError) in
            guard try Path.exists(path) else { return }
            for name in try Directory.files(below: path) where name.utf8.firstIndex(of: UInt8(ascii: ".")) == nil {
                let target = "\(folder)/pictures/\(name)"
                try Directory.create(Path.parent(of: target), below: folder)
                do throws(FileError) {
                    try Path.link("\(path)/\(name)", as: target)
                } catch where error.isMissing {
                    // Put aside since, as no document's.
                    continue
                }
                try Directory.synchronize(Path.parent(of: target))
            }
        }
    }

    /// A folder for each first two digits, so that none grows long.
    private func file(_ rendition: PictureRendition, _ hash: PictureHash) -> String {
        "\(path)/\(rendition.rawValue)/\(hash.text.prefix(2))/\(hash.text)"
    }
}

/// How a picture is kept.
public enum PictureRendition: String, Sendable {
    /// The bytes as they came.
    case original = "originals"
    /// A small copy.
    case thumbnail = "thumbnails"
}
