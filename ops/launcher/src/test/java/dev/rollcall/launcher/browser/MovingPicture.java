package dev.rollcall.launcher.browser;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** An animated GIF that repeats. A frame holds only the rectangle that differs from the one before. */
final class MovingPicture {
    private static final String FORMAT = "javax_imageio_gif_image_1.0";

    private final List<Frame> frames = new ArrayList<>();

    private record Frame(BufferedImage image, Rectangle changed, Duration shown) {}

    /** Adds a screenshot, shown until the next one; one that looks like the last prolongs it. */
    void add(byte[] png, Duration shown) throws IOException {
        BufferedImage image = opaque(ImageIO.read(new ByteArrayInputStream(png)));
        if (frames.isEmpty()) {
            frames.add(new Frame(image, new Rectangle(image.getWidth(), image.getHeight()), shown));
            return;
        }
        Frame last = frames.getLast();
        Rectangle changed = difference(last.image(), image);
        if (changed.isEmpty()) {
            frames.set(
                    frames.size() - 1,
                    new Frame(last.image(), last.changed(), last.shown().plus(shown)));
        } else {
            frames.add(new Frame(image, changed, shown));
        }
    }

    void write(Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        // what is longer than the new picture would keep its end
        Files.deleteIfExists(file);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (Frame frame : frames) {
                Rectangle part = frame.changed();
                BufferedImage image = frame.image().getSubimage(part.x, part.y, part.width, part.height);
                writer.writeToSequence(new IIOImage(image, null, metadata(writer, image, frame)), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
    }

    private static IIOMetadata metadata(ImageWriter writer, BufferedImage image, Frame frame) throws IOException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
        IIOMetadataNode place = child(root, "ImageDescriptor");
        place.setAttribute("imageLeftPosition", Integer.toString(frame.changed().x));
        place.setAttribute("imageTopPosition", Integer.toString(frame.changed().y));
        IIOMetadataNode control = child(root, "GraphicControlExtension");
        control.setAttribute("disposalMethod", "doNotDispose");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("transparentColorIndex", "0");
        control.setAttribute("delayTime", Long.toString(frame.shown().toMillis() / 10));
        IIOMetadataNode repeat = new IIOMetadataNode("ApplicationExtension");
        repeat.setAttribute("applicationID", "NETSCAPE");
        repeat.setAttribute("authenticationCode", "2.0");
        repeat.setUserObject(new byte[] {1, 0, 0});
        child(root, "ApplicationExtensions").appendChild(repeat);
        metadata.setFromTree(FORMAT, root);
        return metadata;
    }

    private static IIOMetadataNode child(IIOMetadataNode root, String name) {
        for (int i = 0; i < root.getLength(); i++) {
            if (root.item(i).getNodeName().equals(name)) {
                return (IIOMetadataNode) root.item(i);
            }
        }
        IIOMetadataNode node = new IIOMetadataNode(name);
        root.appendChild(node);
        return node;
    }

    private static BufferedImage opaque(BufferedImage image) {
        BufferedImage opaque = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = opaque.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return opaque;
    }

    private static Rectangle difference(BufferedImage before, BufferedImage after) {
        Rectangle changed = new Rectangle();
        for (int y = 0; y < after.getHeight(); y++) {
            for (int x = 0; x < after.getWidth(); x++) {
                if (before.getRGB(x, y) != after.getRGB(x, y)) {
                    changed = changed.isEmpty() ? new Rectangle(x, y, 1, 1) : changed.union(new Rectangle(x, y, 1, 1));
                }
            }
        }
        return changed;
    }
}
