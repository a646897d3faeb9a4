import '@mantine/notifications/styles.layer.css';
import { Notifications } from '@mantine/notifications';

/** Where toasts appear. A file of its own, so that it is loaded after the page. */
export default function Toasts() {
  return <Notifications position="bottom-right" />;
}
