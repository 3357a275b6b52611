import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import { takeCode } from './lib/code.ts';

mount(App, { target: document.body, props: { code: takeCode() } });
